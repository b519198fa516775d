import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file on its way to a chat session, as a form (RFC 7578).
 *
 * @param sessionId the session it belongs to
 */
record Attachment(String filename, byte[] content, long sessionId) {

  private static final String BOUNDARY = "a2g-demo-5cbe0a4f7c1b4e0e";

  static Attachment of(Path file, long sessionId) {
    try {
      return new Attachment(file.getFileName().toString(), Files.readAllBytes(file), sessionId);
    } catch (IOException e) {
      throw new DemoFailure("cannot read the document " + file, e);
    }
  }

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  byte[] form() {
    var form = new ByteArrayOutputStream();
    form.writeBytes(part("name=\"session_id\"", "text/plain"));
    form.writeBytes(String.valueOf(sessionId).getBytes(UTF_8));
    form.writeBytes(part("name=\"file\"; filename=\"%s\"".formatted(filename), "text/markdown"));
    form.writeBytes(content);
    form.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
    return form.toByteArray();
  }

  private static byte[] part(String name, String type) {
    return "\r\n--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
        .formatted(BOUNDARY, name, type)
        .getBytes(UTF_8);
  }
}
