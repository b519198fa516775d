package io.a2g.common.web.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Requests that are served at the same time. An address may have half of the places, because many
 * people can be behind one; a credential, and a user, a quarter.
 */
final class Pool {

  private final Semaphore places;
  private final Shares addresses;
  private final Shares callers;

  private Pool(int places, int ofAddress, int ofCaller) {
    this.places = new Semaphore(places);
    this.addresses = new Shares(ofAddress);
    this.callers = new Shares(ofCaller);
  }

  /** A pool in which nobody can take all the places. */
  static Pool shared(int places) {
    return new Pool(places, Math.max(1, places / 2), Math.max(1, places / 4));
  }

  /** A pool for callers of whom each is one of our own services. */
  static Pool open(int places) {
    return new Pool(places, places, places);
  }

  /**
   * Takes a place; waits so long at most. First comes the caller's own share, so that who waits for
   * it holds nothing that others at the same address could use.
   */
  boolean tryEnter(Visitor visitor, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    List<Runnable> taken = new ArrayList<>();
    boolean entered = false;
    try {
      entered =
          acquireAll(visitor.callers(), end, taken)
              && acquire(addresses, visitor.address(), end, taken)
              && places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } finally {
      if (!entered) {
        taken.forEach(Runnable::run);
      }
    }
    return entered;
  }

  /** One more name of a visitor who has a place: false when the others of that name have all. */
  boolean tryName(String caller) throws InterruptedException {
    return callers.tryAcquire(caller, 0);
  }

  /** Gives the place back. */
  void leave(Visitor visitor) {
    places.release();
    visitor.callers().forEach(callers::release);
    addresses.release(visitor.address());
  }

  private boolean acquireAll(List<String> names, long end, List<Runnable> taken)
      throws InterruptedException {
    for (String name : names) {
      if (!acquire(callers, name, end, taken)) {
        return false;
      }
    }
    return true;
  }

  private static boolean acquire(Shares shares, String name, long end, List<Runnable> taken)
      throws InterruptedException {
    boolean acquired = shares.tryAcquire(name, end - System.nanoTime());
    if (acquired) {
      taken.add(() -> shares.release(name));
    }
    return acquired;
  }

  /**
   * Who a request comes from.
   *
   * @param callers the credential and, once it is known, the user; empty when there is no
   *     credential
   */
  record Visitor(String address, List<String> callers) {

    Visitor alsoKnownAs(String caller) {
      return new Visitor(address, Stream.concat(callers.stream(), Stream.of(caller)).toList());
    }
  }
}
