package io.a2g.common.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.FastByteArrayOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a JSON answer whole, with its Content-Length. Written piece by piece, an answer would cost
 * two packets and a chunk header, and one that fails half-way would end as a broken 200 instead of
 * a problem. Answers are pages of at most 200 items, so holding one in memory is cheap. Anything
 * but JSON, an event stream above all, is written as it comes.
 */
final class WholeJsonMessageConverter extends JacksonJsonHttpMessageConverter {

  WholeJsonMessageConverter(JsonMapper mapper) {
    super(mapper);
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
