package io.a2g.common.web.limit;

import io.a2g.common.deadline.RequestDeadline;
import io.a2g.common.web.limit.Pool.Visitor;

/** The place of one request in a pool, from its turn to its end. */
final class Turn {

  /** Request attribute that holds the turn. */
  static final String ATTRIBUTE = Turn.class.getName();

  private final Pool streams;
  private final RequestDeadline deadline;
  private Pool pool;
  private Visitor visitor;
  private boolean ended;

  /**
   * Begins where {@link Pool#tryEnter} has succeeded.
   *
   * @param streams where it belongs while it sends a long answer
   */
  Turn(Pool pool, Visitor visitor, Pool streams, RequestDeadline deadline) {
    this.pool = pool;
    this.visitor = visitor;
    this.streams = streams;
    this.deadline = deadline;
  }

  /** Whose request it is; false when this user's requests have all places that a user may have. */
  synchronized boolean belongsTo(String user) throws InterruptedException {
    boolean fits = pool.tryName(user);
    if (fits) {
      visitor = visitor.alsoKnownAs(user);
    }
    return fits;
  }

  /**
   * Gives the turn to others, because all that is left to do is to send the answer at the pace of
   * its reader. Where as many do that as may, the reader keeps the turn. After the end nothing is
   * left to give.
   */
  synchronized void becomeStream() {
    if (!ended && pool != streams && entersStreams()) {
      pool.leave(visitor);
      pool = streams;
      deadline.restartWithEachConnection();
    }
  }

  private boolean entersStreams() {
    try {
      return streams.tryEnter(visitor, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The request is answered. */
  synchronized void end() {
    ended = true;
    pool.leave(visitor);
  }
}
