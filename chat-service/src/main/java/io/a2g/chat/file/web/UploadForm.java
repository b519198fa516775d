package io.a2g.chat.file.web;

import io.a2g.chat.file.Upload;
import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.web.WholeNumber;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The form of an upload, read as strictly as a JSON body: no unknown and no repeated part.
 *
 * @param file the file with its name
 * @param sessionId the conversation it belongs to; absent: none
 */
record UploadForm(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) MultipartFile file,
    @Nullable Long sessionId) {

  private static final String FILE = "file";
  private static final String SESSION_ID = "session_id";

  /**
   * Reads the parts of a request.
   *
   * @throws ProblemException 400 when they are not those of this form
   */
  static UploadForm of(MultipartHttpServletRequest request) throws IOException, ServletException {
    Set<String> seen = new HashSet<>();
    for (Part part : request.getParts()) {
      String name = String.valueOf(part.getName());
      if (!name.equals(FILE) && !name.equals(SESSION_ID)) {
        throw invalid(name, "unknown_field", "is not a part of this form");
      }
      if (!seen.add(name)) {
        throw invalid(name, "duplicate_field", "appears twice");
      }
    }
    MultipartFile file = request.getFile(FILE);
    if (file == null) {
      throw invalid(FILE, "missing", "must be a part with a file name");
    }
    return new UploadForm(file, seen.contains(SESSION_ID) ? sessionId(request) : null);
  }

  Upload upload() {
    return new Upload(
        file.getOriginalFilename(), file.getContentType(), file.getSize(), file, sessionId);
  }

  private static Long sessionId(MultipartHttpServletRequest request) {
    String[] values = request.getParameterValues(SESSION_ID);
    try {
      if (values != null && values.length == 1) {
        return WholeNumber.parse(values[0]);
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw invalid(SESSION_ID, "invalid_type", "has the wrong type or format");
  }

  private static ProblemException invalid(String part, String code, String message) {
    return new ProblemException(
        ProblemType.INVALID_BODY,
        part + " " + message + ".",
        List.of(new FieldProblem(part, code, message)));
  }
}
