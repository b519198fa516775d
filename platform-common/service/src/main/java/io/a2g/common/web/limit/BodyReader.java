package io.a2g.common.web.limit;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.RetryLater;
import io.a2g.common.filter.ClientAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Reads one body without a thread that waits for it, then passes the request on. One that must be
 * refused is passed on too, with the reason as an attribute ({@link BodyLimitFilter}).
 */
final class BodyReader implements Invocable.Task {

  // Most clients send the whole body before they read the answer; a connection closed under them
  // looks like a crash. What is far too long, or comes too slowly, is not worth that courtesy.
  private static final long COURTESY_BYTES = 8L * 1024 * 1024;
  private static final Duration COURTESY_TIME = Duration.ofSeconds(2);

  private static final int FIRST_BYTES = 8 * 1024;

  private final Handler next;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final DataSize limit;
  private final BodyMemory memory;
  private final String client;
  private final BodyPatience patience;

  private byte[] body = new byte[0];
  private long received;
  private @Nullable ProblemException refusal;

  BodyReader(
      Handler next,
      Request request,
      Response response,
      Callback callback,
      DataSize limit,
      BodyPatience patience,
      BodyMemory memory) {
    this.next = next;
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.limit = limit;
    this.memory = memory;
    this.client = ClientAddress.network(Request.getRemoteAddr(request));
    this.patience = patience;
    Request.addCompletionListener(request, _ -> memory.release(client, body.length));
  }

  @Override
  public void run() {
    read(true);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /**
   * Reads what is there, and comes back for the rest.
   *
   * @param apart whether the rest of the request needs a thread of its own
   */
  void read(boolean apart) {
    if (request.getLength() > limit.toBytes() && refusal == null) {
      refuse(tooLarge());
    }
    boolean more = !isHopeless();
    while (more) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      more = take(chunk) && !isHopeless();
    }
    patience.end();
    if (apart) {
      request.getContext().execute(this::passOn);
    } else {
      passOn();
    }
  }

  // A client that waits for permission to send (Expect) is told at once.
  private boolean isHopeless() {
    return refusal != null
        && (Math.max(request.getLength(), received) > COURTESY_BYTES
            || request.getHeaders().contains(HttpHeader.EXPECT)
            || patience.isOver());
  }

  // False when nothing more comes.
  private boolean take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      refuse(problemOf(chunk.getFailure()));
      return false;
    }
    append(chunk);
    chunk.release();
    return !chunk.isLast();
  }

  private void append(Content.Chunk chunk) {
    int bytes = chunk.remaining();
    if (refusal == null && received + bytes > limit.toBytes()) {
      refuse(tooLarge());
    }
    if (refusal == null && received + bytes > body.length && !grow((int) received + bytes)) {
      refuse(new RetryLater("Too many bodies are on their way now.", Duration.ofSeconds(1)));
    }
    if (refusal == null) {
      chunk.get(body, (int) received, bytes);
    }
    received += bytes;
  }

  private boolean grow(int needed) {
    long most = request.getLength() < 0 ? limit.toBytes() : request.getLength();
    int size = (int) Math.min(most, Math.max(needed, Math.max(FIRST_BYTES, 2L * body.length)));
    if (!memory.take(client, size - body.length)) {
      return false;
    }
    body = Arrays.copyOf(body, size);
    return true;
  }

  private void refuse(ProblemException reason) {
    if (refusal == null) {
      refusal = reason;
      patience.shorten(COURTESY_TIME);
    }
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.CONTENT_TOO_LARGE, "The body may have at most " + limit.toBytes() + " bytes.");
  }

  private static ProblemException problemOf(Throwable failure) {
    return failure.getCause() instanceof ProblemException problem
        ? problem
        : new ProblemException(
            ProblemType.INVALID_REQUEST, "The body ended early or is not framed as HTTP asks.");
  }

  private void passOn() {
    if (refusal != null) {
      request.setAttribute(BodyLimitFilter.REFUSAL, refusal);
    }
    Request whole = refusal == null ? new WholeRequest() : request;
    try {
      if (!next.handle(whole, response, callback)) {
        Response.writeError(whole, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception | Error e) {
      Response.writeError(whole, response, callback, e);
    }
  }

  /** The request with the body that was read. */
  private final class WholeRequest extends Request.Wrapper {

    private Content.@Nullable Chunk chunk =
        Content.Chunk.from(ByteBuffer.wrap(body, 0, (int) received), true);

    WholeRequest() {
      super(Objects.requireNonNull(request));
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk now = chunk;
      chunk = null;
      return now == null ? Content.Chunk.EOF : now;
    }

    @Override
    public void demand(Runnable reader) {
      getContext().execute(reader);
    }
  }
}
