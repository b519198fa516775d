package io.a2g.common.web.limit;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer that may be given before the body has come, such as a refusal. Jetty takes what is
 * there and, when that is not all, ends the connection after the answer without having said so;
 * then a client's next request on it is lost. Here the answer says it (RFC 9112, 9.6).
 */
final class EarlyAnswer extends Response.Wrapper {

  EarlyAnswer(Request request, Response response) {
    super(request, response);
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
    // What is only begun and no refusal may still want to read.
    boolean whole = last || getStatus() >= HttpStatus.BAD_REQUEST_400;
    if (whole && !isCommitted() && !getRequest().consumeAvailable() && isHttp1()) {
      getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    super.write(last, content, callback);
  }

  private boolean isHttp1() {
    return getRequest().getConnectionMetaData().getHttpVersion().getVersion()
        <= HttpVersion.HTTP_1_1.getVersion();
  }
}
