package io.a2g.common.web.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests of one kind of caller are served at once; each has the same number. */
final class Shares {

  private final int each;
  private final ConcurrentHashMap<String, Share> shares = new ConcurrentHashMap<>();

  Shares(int each) {
    this.each = each;
  }

  /** Takes a place in the caller's share; waits so long for one. */
  boolean tryAcquire(String caller, long nanos) throws InterruptedException {
    Share share =
        shares.compute(
            caller,
            (_, known) -> (known == null ? new Share(new Semaphore(each), 0) : known).more());
    boolean acquired = false;
    try {
      acquired = share.places().tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } finally {
      if (!acquired) {
        forget(caller);
      }
    }
    return acquired;
  }

  /** Gives the place back. */
  void release(String caller) {
    shares.computeIfPresent(
        caller,
        (_, share) -> {
          share.places().release();
          return share.less();
        });
  }

  private void forget(String caller) {
    shares.computeIfPresent(caller, (_, share) -> share.less());
  }

  /**
   * One caller's.
   *
   * @param users requests that have a place or wait for one
   */
  private record Share(Semaphore places, int users) {

    Share more() {
      return new Share(places, users + 1);
    }

    @org.jspecify.annotations.Nullable
    Share less() {
      return users == 1 ? null : new Share(places, users - 1);
    }
  }
}
