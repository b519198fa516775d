package io.a2g.common.reference;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/** The few rows of one kind that everybody works on just now, so that writers meet deleters. */
final class HotIds {

  private static final int SIZE = 6;

  private final AtomicLongArray ids = new AtomicLongArray(SIZE);

  long any(RandomGenerator random) {
    return ids.get(random.nextInt(SIZE));
  }

  /** The new row takes the place of another one, which stays as it is. */
  void add(RandomGenerator random, long id) {
    ids.set(random.nextInt(SIZE), id);
  }
}
