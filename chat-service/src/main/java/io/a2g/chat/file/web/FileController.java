package io.a2g.chat.file.web;

import io.a2g.chat.file.FileService;
import io.a2g.chat.file.FileUpload;
import io.a2g.chat.file.FileUploadService;
import io.a2g.chat.file.ReceivedFile;
import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(FileController.PATH)
@Tag(name = "files")
class FileController {

  static final String PATH = "/api/v1/files";

  private static final String PROBLEM_JSON = MediaType.APPLICATION_PROBLEM_JSON_VALUE;
  private static final String PROBLEM = "#/components/schemas/Problem";

  private final FileUploadService uploads;
  private final FileService files;

  FileController(FileUploadService uploads, FileService files) {
    this.uploads = uploads;
    this.files = files;
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(
      summary = "Upload a file",
      description =
          "Text, Markdown, CSV, JSON, PDF, PNG, JPEG, WebP, GIF, DOCX, XLSX or PPTX; extension,"
              + " content and declared type must agree.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                      schema = @Schema(implementation = UploadForm.class))))
  @ApiResponse(responseCode = "201", description = "Stored")
  @ApiResponse(
      responseCode = "413",
      description = "Larger than the limit, or more than the caller's files may take together",
      content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(ref = PROBLEM)))
  @ApiResponse(
      responseCode = "415",
      description = "Not a type that is taken, or not what it is called",
      content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(ref = PROBLEM)))
  @ApiResponse(
      responseCode = "507",
      description = "No room left for uploads",
      content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(ref = PROBLEM)))
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<FileResponse> upload(
      @Parameter(hidden = true) @RequestAttribute(UploadIntake.FILE) ReceivedFile received) {
    FileUpload file = uploads.keep(received);
    return ResponseEntity.created(URI.create(PATH + "/" + file.id()))
        .eTag(EntityTags.of(file.version()))
        .body(FileResponse.of(file));
  }

  @GetMapping
  @Operation(summary = "List files", description = "Newest first; another user's as ADMIN.")
  CursorPage<FileResponse> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "session_id", required = false) @Nullable Long sessionId,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId,
      @RequestParam(name = "deleted", defaultValue = "false") boolean deleted) {
    String scope =
        "files?session_id=%s&user_id=%s&deleted=%s"
            .formatted(sessionId, userId == null ? caller.userId() : userId, deleted);
    var rows = files.list(caller, userId, sessionId, deleted, page.beforeId(scope), page.fetch());
    return CursorPage.of(rows, page.size(), file -> Cursor.of(scope, file.id()), FileResponse::of);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read what is known of a file")
  ResponseEntity<FileResponse> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(files.get(caller, id));
  }

  @GetMapping(path = "/{id}/content", produces = MediaType.ALL_VALUE)
  @Operation(
      summary = "Download a file",
      description = "As an attachment under its original name; Range requests work.")
  @ApiResponse(
      responseCode = "200",
      description = "The bytes, in the file's own media type",
      content = @Content(mediaType = MediaType.ALL_VALUE))
  @ApiResponse(
      responseCode = "206",
      description = "The bytes of the range; several ranges as multipart/byteranges",
      content = @Content(mediaType = MediaType.ALL_VALUE))
  @ApiResponse(responseCode = "304", description = "If-None-Match names it", content = @Content)
  @ApiResponse(
      responseCode = "416",
      description = "The file has no such range",
      content = @Content(mediaType = PROBLEM_JSON, schema = @Schema(ref = PROBLEM)))
  ResponseEntity<Resource> content(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "Range", required = false) @Nullable String range,
      @RequestHeader(name = "If-Range", required = false) @Nullable String ifRange) {
    FileUpload file = files.get(caller, id);
    Resource content = files.contentOf(file);
    String tag = "\"" + HexFormat.of().formatHex(file.sha256()) + "\"";
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .contentType(MediaType.parseMediaType(file.contentType()))
            .eTag(tag)
            .header(HttpHeaders.ACCEPT_RANGES, "bytes")
            .header(HttpHeaders.CONTENT_DISPOSITION, attachment(file.originalName()));
    if (Ranges.areAskedFor(range, ifRange, tag)) {
      Ranges.requireSatisfiable(range, content, file.sizeBytes());
      return answer.body(content);
    }
    // The one kind of resource that Spring MVC never takes a range of.
    return answer.contentLength(file.sizeBytes()).body(new InputStreamResource(content));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Delete a file", description = "Restorable for 30 days.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") long id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    files.delete(caller, id, ifMatch);
  }

  @PostMapping("/{id}/restore")
  @Operation(
      summary = "Bring a deleted file back",
      description = "Its user and, if it has one, its session must still be there.")
  ResponseEntity<FileResponse> restore(
      @AuthenticationPrincipal Caller caller, @PathVariable("id") long id) {
    return answer(files.restore(caller, id));
  }

  private static String attachment(String name) {
    return ContentDisposition.attachment()
        .filename(name, StandardCharsets.UTF_8)
        .build()
        .toString();
  }

  private static ResponseEntity<FileResponse> answer(FileUpload file) {
    return ResponseEntity.ok().eTag(EntityTags.of(file.version())).body(FileResponse.of(file));
  }
}
