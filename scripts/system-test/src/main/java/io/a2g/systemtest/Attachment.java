package io.a2g.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to chat-service, as a form (RFC 7578).
 *
 * @param type the file's media type
 * @param sessionId the session it belongs to; null when it belongs to none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Attachment(String filename, String type, byte[] content, @Nullable Long sessionId) {

  private static final String BOUNDARY = "a2g-5cbe0a4f7c1b4e0e";

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  byte[] form() {
    var form = new ByteArrayOutputStream();
    if (sessionId != null) {
      form.writeBytes(part("name=\"session_id\"", "text/plain"));
      form.writeBytes(String.valueOf(sessionId).getBytes(UTF_8));
    }
    form.writeBytes(part("name=\"file\"; filename=\"%s\"".formatted(filename), type));
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
