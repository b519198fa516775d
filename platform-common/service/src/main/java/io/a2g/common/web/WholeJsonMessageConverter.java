package io.a2g.common.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.FastByteArrayOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON in UTF-8 and nothing else, and writes an answer whole, with its Content-Length.
 * Written piece by piece, an answer would cost two packets and a chunk header, and one that fails
 * half-way would end as a broken 200 instead of a problem. Answers are pages of at most 200 items,
 * so holding one in memory is cheap. Anything but JSON, an event stream above all, is written as it
 * comes.
 */
final class WholeJsonMessageConverter extends JacksonJsonHttpMessageConverter {

  private static final List<MediaType> READ =
      List.of(
          MediaType.APPLICATION_JSON,
          new MediaType("application", "merge-patch+json"),
          new MediaType("application", "scim+json"));

  WholeJsonMessageConverter(JsonMapper mapper) {
    super(mapper);
  }

  // Every other +json type has a meaning of its own: a JSON patch is not the object that it
  // changes.
  @Override
  public boolean canRead(ResolvableType type, @Nullable MediaType given) {
    return given != null
        && READ.stream().anyMatch(given::equalsTypeAndSubtype)
        && (given.getCharset() == null || given.getCharset().equals(UTF_8))
        && super.canRead(type, given);
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
      throws IOException {
    return super.read(type, Utf8.of(message), hints);
  }

  @Override
  protected void writeInternal(
      Object object,
      ResolvableType type,
      HttpOutputMessage message,
      @Nullable Map<String, Object> hints)
      throws IOException {
    if (!isJson(message.getHeaders().getContentType())) {
      super.writeInternal(object, type, message, hints);
      return;
    }
    FastByteArrayOutputStream body = new FastByteArrayOutputStream(1024);
    super.writeInternal(object, type, new Buffered(message.getHeaders(), body), hints);
    message.getHeaders().setContentLength(body.size());
    body.writeTo(message.getBody());
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type != null
        && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
  }

  /**
   * A body that is UTF-8 to the last byte. Jackson itself guesses the encoding, skips a byte order
   * mark and takes characters in more bytes than they need, which others compare as bytes. JSON has
   * no NUL, and UTF-16 and UTF-32 have no JSON without one.
   */
  private record Utf8(HttpHeaders headers, InputStream body) implements HttpInputMessage {

    static Utf8 of(HttpInputMessage message) throws IOException {
      byte[] bytes = message.getBody().readAllBytes();
      try {
        CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        if (text.isEmpty() || (text.charAt(0) != '\uFEFF' && text.chars().noneMatch(c -> c == 0))) {
          return new Utf8(message.getHeaders(), new ByteArrayInputStream(bytes));
        }
      } catch (CharacterCodingException e) {
        // Refused below.
      }
      throw new ProblemException(
          ProblemType.MALFORMED_JSON, "The body is not UTF-8 without a byte order mark.");
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return body;
    }
  }

  private record Buffered(HttpHeaders headers, OutputStream body) implements HttpOutputMessage {

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public OutputStream getBody() {
      return body;
    }
  }
}
