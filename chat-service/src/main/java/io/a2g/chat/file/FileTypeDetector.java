package io.a2g.chat.file;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Decides what an upload is by its content, its extension and what the client declares. */
@Component
class FileTypeDetector {

  // What clients send when they do not know.
  private static final Set<String> UNDECLARED = Set.of("application/octet-stream", "");

  /**
   * The type all three agree on.
   *
   * @param declared the part's Content-Type; null when absent
   * @param content its beginning is read
   * @throws ProblemException 415 when it is not a type we take, or they disagree
   */
  FileType detect(String name, @Nullable String declared, InputStream content) throws IOException {
    FileType type =
        FileType.ofExtension(extension(name))
            .orElseThrow(() -> refused("files with this extension are not taken"));
    if (!type.canHold(detect(content))) {
      throw refused("the content is not what the extension says");
    }
    String calledByClient = essence(declared);
    if (!UNDECLARED.contains(calledByClient) && !type.mayBeCalled(calledByClient)) {
      throw refused("the declared Content-Type is not what the file is");
    }
    return type;
  }

  // Without the name: it would turn unknown bytes into whatever the name says.
  private static String detect(InputStream content) throws IOException {
    return Tika.TYPES.detect(new BufferedInputStream(content), new Metadata()).toString();
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String essence(@Nullable String declared) {
    if (declared == null || declared.isBlank()) {
      return "";
    }
    try {
      MediaType type = MediaType.parseMediaType(declared);
      return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    } catch (InvalidMediaTypeException e) {
      return "invalid";
    }
  }

  private static ProblemException refused(String message) {
    return new ProblemException(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "file: " + message + ".",
        List.of(new FieldProblem("file", "unsupported_type", message)));
  }

  /** Reads its tables at the first upload: most starts never need them. */
  private static final class Tika {

    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
  }
}
