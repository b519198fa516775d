package io.a2g.common.deadline;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when what this thread does may use the database. Shortly before, PostgreSQL is asked to
 * cancel the statement that runs; then the connection is closed, because a server that has stopped
 * cancels nothing. It costs a request no statement and no timer, and holds whatever the database
 * sets as its own time-outs. Jobs and migrations begin none, so those alone bound them.
 */
public final class RequestDeadline implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RequestDeadline.class);

  private static final Duration CANCEL_BEFORE = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(250);

  private static final ThreadLocal<@Nullable RequestDeadline> CURRENT = new ThreadLocal<>();
  private static final Set<RequestDeadline> WATCHED = ConcurrentHashMap.newKeySet();

  static {
    Thread.ofVirtual().name("request-deadlines").start(RequestDeadline::watch);
  }

  private final Duration time;
  private final List<Connection> connections = new ArrayList<>();
  private long endNanos;
  private boolean restarts;
  private boolean cancelled;

  private RequestDeadline(Duration time) {
    this.time = time;
    this.endNanos = System.nanoTime() + time.toNanos();
  }

  /**
   * Begins for this thread; to be closed by it.
   *
   * @param time more than a second
   */
  public static RequestDeadline begin(Duration time) {
    RequestDeadline deadline = new RequestDeadline(time);
    CURRENT.set(deadline);
    return deadline;
  }

  /**
   * From now on the time counts from each taking of a connection: what lies between may be long.
   */
  public synchronized void restartWithEachConnection() {
    restarts = true;
  }

  @Override
  public void close() {
    CURRENT.remove();
    WATCHED.remove(this);
  }

  static @Nullable RequestDeadline current() {
    return CURRENT.get();
  }

  /**
   * Takes a connection from the pool.
   *
   * @throws SQLException when there is none, or the time is over
   */
  Connection take(DataSource pool) throws SQLException {
    if (!begun()) {
      throw new SQLTransientException(
          "The request is past its deadline", PSQLState.QUERY_CANCELED.getState());
    }
    Connection connection = pool.getConnection();
    synchronized (this) {
      connections.removeIf(RequestDeadline::isGivenBack);
      connections.add(connection);
    }
    WATCHED.add(this);
    return connection;
  }

  private synchronized boolean begun() {
    if (restarts) {
      endNanos = System.nanoTime() + time.toNanos();
      cancelled = false;
    }
    return endNanos - System.nanoTime() > 0;
  }

  private static void watch() {
    try {
      while (true) {
        Thread.sleep(TICK);
        WATCHED.forEach(RequestDeadline::enforce);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void enforce() {
    long left = endNanos - System.nanoTime();
    if (left <= 0) {
      WATCHED.remove(this);
      connections.forEach(connection -> apart(() -> connection.abort(Runnable::run)));
    } else if (left <= CANCEL_BEFORE.toNanos() && !cancelled) {
      cancelled = true;
      connections.stream()
          .filter(connection -> !isGivenBack(connection))
          .forEach(connection -> apart(() -> connection.unwrap(PGConnection.class).cancelQuery()));
    }
  }

  // A connection that was given back is closed for its taker, and aborting it does nothing.
  private static boolean isGivenBack(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException | RuntimeException e) {
      // The thread that watches all deadlines must not end with one connection.
      return true;
    }
  }

  // Cancelling talks to the server, which may not answer.
  private static void apart(SqlAction action) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            action.run();
          } catch (SQLException e) {
            log.debug("A connection past its deadline", e);
          }
        });
  }

  @FunctionalInterface
  private interface SqlAction {
    void run() throws SQLException;
  }
}
