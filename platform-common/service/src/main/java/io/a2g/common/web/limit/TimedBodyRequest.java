package io.a2g.common.web.limit;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Ends a body that comes too slowly. For the pace only the time counts for which the service waits
 * for the client: what it does between two reads is not the client's fault.
 */
final class TimedBodyRequest extends Request.Wrapper {

  private static final long GRACE_NANOS = 10_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long leastPerSecond;
  private final BodyPatience patience;
  private long received;
  private long waitedNanos;
  private long waitingSince;
  private boolean waiting;
  private Content.@Nullable Chunk failure;

  TimedBodyRequest(Request request, long leastPerSecond, BodyPatience patience) {
    super(request);
    this.leastPerSecond = leastPerSecond;
    this.patience = patience;
  }

  @Override
  public void demand(Runnable callback) {
    waiting = true;
    patience.await();
    waitingSince = System.nanoTime();
    super.demand(callback);
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (failure != null) {
      return failure;
    }
    if (waiting) {
      waiting = false;
      waitedNanos += System.nanoTime() - waitingSince;
    }
    Content.Chunk chunk = super.read();
    if (chunk == null) {
      return null;
    }
    if (Content.Chunk.isFailure(chunk)) {
      patience.end();
      return chunk.getFailure() instanceof TimeoutException
          ? fail("Nothing came for too long.")
          : chunk;
    }
    received += chunk.remaining();
    if (chunk.isLast()) {
      patience.end();
      return chunk;
    }
    if (!tooSlow() && !patience.isOver()) {
      return chunk;
    }
    chunk.release();
    patience.end();
    return fail(
        patience.isOver()
            ? "All of it must come sooner."
            : "It must come with at least " + leastPerSecond + " bytes a second.");
  }

  private boolean tooSlow() {
    return waitedNanos > GRACE_NANOS && received * NANOS_PER_SECOND / waitedNanos < leastPerSecond;
  }

  private Content.Chunk fail(String detail) {
    failure =
        Content.Chunk.from(
            new IOException(new ProblemException(ProblemType.REQUEST_TIMEOUT, detail)), true);
    return failure;
  }
}
