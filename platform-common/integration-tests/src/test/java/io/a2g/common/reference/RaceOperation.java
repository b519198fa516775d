package io.a2g.common.reference;

import java.util.random.RandomGenerator;

/** What can happen in a race, and how often of a hundred times. */
enum RaceOperation {
  CREATE_USER(7),
  CREATE_AGENT(12),
  CREATE_SESSION(14),
  CREATE_FILE(5),
  CREATE_TRACE(11),
  DELETE_USER(7),
  HAND_OVER(4),
  DELETE_AGENT(6),
  DELETE_SESSION(5),
  DELETE_FILE(3),
  DELETE_TRACE(4),
  RESTORE_USER(3),
  RESTORE_AGENT(3),
  RESTORE_SESSION(5),
  RESTORE_FILE(3),
  RESTORE_TRACE(6),
  PURGE(2);

  private final int share;

  RaceOperation(int share) {
    this.share = share;
  }

  static RaceOperation any(RandomGenerator random) {
    int left = random.nextInt(100);
    for (RaceOperation operation : values()) {
      left -= operation.share;
      if (left < 0) {
        return operation;
      }
    }
    throw new IllegalStateException("the shares are less than 100");
  }
}
