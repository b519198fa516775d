package io.a2g.common.web.limit;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Times the bodies of requests that have one. */
final class TimedBodyHandler extends Handler.Wrapper {

  private final long leastPerSecond;

  TimedBodyHandler(Handler next, long leastPerSecond) {
    super(next);
    this.leastPerSecond = leastPerSecond;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean hasBody =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return super.handle(
        hasBody ? new TimedBodyRequest(request, leastPerSecond) : request, response, callback);
  }
}
