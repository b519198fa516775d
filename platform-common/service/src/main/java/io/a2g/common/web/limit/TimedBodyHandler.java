package io.a2g.common.web.limit;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Times the bodies of requests that have one, and tells clients when an unread one ends a
 * connection.
 */
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
    if (!hasBody) {
      return super.handle(request, response, callback);
    }
    var timed = new TimedBodyRequest(request, leastPerSecond);
    return super.handle(timed, new EarlyAnswer(timed, response), callback);
  }
}
