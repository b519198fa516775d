package io.a2g.chat.file.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.common.testkit.http.Api;
import java.io.ByteArrayOutputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A multipart body, byte by byte, so that tests can get it wrong. */
final class Multipart {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final String boundary = "b" + UUID.randomUUID();

  /** With one part {@code file}. */
  static Multipart file(String name, @Nullable String type, byte[] content) {
    return new Multipart()
        .part("form-data; name=\"file\"; filename=\"" + name + "\"", type, content);
  }

  static Multipart file(String name, String content) {
    return file(name, null, content.getBytes(UTF_8));
  }

  Multipart field(String name, Object value) {
    return part("form-data; name=\"" + name + "\"", null, value.toString().getBytes(UTF_8));
  }

  Multipart part(String disposition, @Nullable String type, byte[] content) {
    write("--" + boundary + "\r\nContent-Disposition: " + disposition + "\r\n");
    write(type == null ? "\r\n" : "Content-Type: " + type + "\r\n\r\n");
    bytes.writeBytes(content);
    write("\r\n");
    return this;
  }

  Api.Body body() {
    return as("multipart/form-data; boundary=" + boundary, whole());
  }

  /** The same parts under another media type. */
  Api.Body as(String mediaType) {
    return as(mediaType + "; boundary=" + boundary, whole());
  }

  /** The body as far as it came. */
  Api.Body cutOff(int length) {
    return as(
        "multipart/form-data; boundary=" + boundary, java.util.Arrays.copyOf(whole(), length));
  }

  private byte[] whole() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(bytes.toByteArray());
    all.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
    return all.toByteArray();
  }

  private static Api.Body as(String mediaType, byte[] bytes) {
    return new Api.Body(mediaType, bytes);
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
  }
}
