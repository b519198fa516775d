package io.a2g.common.web.limit;

import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** How long a body is waited for: in all, and for its next bytes. */
final class BodyPatience {

  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final EndPoint connection;
  private final long usualMillis;
  private long endNanos;

  /**
   * @param time within which all of it must come
   */
  BodyPatience(Request request, Duration time) {
    this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
    this.usualMillis = connection.getIdleTimeout();
    this.endNanos = System.nanoTime() + time.toNanos();
  }

  /** From now on so long in all. */
  void shorten(Duration time) {
    endNanos = Math.min(endNanos, System.nanoTime() + time.toNanos());
  }

  /** Whether the time is over. */
  boolean isOver() {
    return leftMillis() <= 0;
  }

  /** Ends the wait for the next bytes in time, with a failure as if the connection were idle. */
  void await() {
    long millis = Math.min(SILENCE.toMillis(), Math.max(1, leftMillis()));
    connection.setIdleTimeout(usualMillis > 0 ? Math.min(usualMillis, millis) : millis);
  }

  /** The connection may be idle as long as any other again. */
  void end() {
    connection.setIdleTimeout(usualMillis);
  }

  private long leftMillis() {
    return Duration.ofNanos(endNanos - System.nanoTime()).toMillis();
  }
}
