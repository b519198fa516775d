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
 * An answer on its way to the client, who may be slow to read it, and may still be sending a body
 * that is refused. Jetty takes what is there of that and, when it is not all, ends the connection
 * after the answer without having said so; then a client's next request on it is lost. Here the
 * answer says it (RFC 9112, 9.6).
 */
final class Answer extends Response.Wrapper {

  /** Request attribute that holds the answer. */
  static final String ATTRIBUTE = Answer.class.getName();

  private final boolean hasBody;
  private @Nullable Turn turn;

  Answer(Request request, Response response, boolean hasBody) {
    super(request, response);
    this.hasBody = hasBody;
  }

  /** Whose turn it is until more is sent than the socket takes at once. */
  void of(Turn turn) {
    this.turn = turn;
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
    // What is only begun and no refusal may still want to read.
    boolean whole = last || getStatus() >= HttpStatus.BAD_REQUEST_400;
    if (hasBody && whole && !isCommitted() && !getRequest().consumeAvailable() && isHttp1()) {
      getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    Sending sending = new Sending(callback);
    super.write(last, content, sending);
    // Answers that their reader left unread may fill the socket already, so none is short enough.
    if (turn != null && !(last && sending.done)) {
      turn.becomeStream();
    }
  }

  private boolean isHttp1() {
    return getRequest().getConnectionMetaData().getHttpVersion().getVersion()
        <= HttpVersion.HTTP_1_1.getVersion();
  }

  private static final class Sending extends Callback.Nested {

    private volatile boolean done;

    Sending(Callback callback) {
      super(callback);
    }

    @Override
    public void completed() {
      done = true;
    }
  }
}
