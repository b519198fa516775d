package io.a2g.common.error;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.http.HttpStatus;

/**
 * What Jetty refuses before any filter runs (a broken request line, headers over the limit) gets
 * the problem shape too, not Jetty's HTML page. There is no trace id yet at that point.
 */
public class ProblemJettyErrors implements JettyServerCustomizer {

  private final Map<String, String> headers;

  /**
   * @param headers name → value, for every such answer
   */
  public ProblemJettyErrors(Map<String, String> headers) {
    this.headers = Map.copyOf(headers);
  }

  @Override
  public void customize(Server server) {
    server.setErrorHandler(new ProblemErrorHandler(headers));
  }

  private static final class ProblemErrorHandler extends ErrorHandler {

    private final Map<String, String> headers;

    ProblemErrorHandler(Map<String, String> headers) {
      this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      HttpStatus status = HttpStatus.resolve(response.getStatus());
      ProblemType type = ProblemType.of(status == null ? HttpStatus.BAD_REQUEST : status);
      String body =
          """
          {"type":"%s","title":"%s","status":%d,"detail":"The request could not be read.","code":"%s"}\
          """
              .formatted(type.uri(), type.title(), type.status().value(), type.code());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      // What cannot be read ends the connection. Unsaid, a client's next request on it is lost
      // (RFC 9112, 9.6).
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      headers.forEach(response.getHeaders()::put);
      response.write(
          true, java.nio.ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
