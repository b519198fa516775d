package io.a2g.common.json;

import java.time.Instant;

/** Which points in time we take: the four-digit years, far inside PostgreSQL's timestamptz. */
public final class StorableTime {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private StorableTime() {}

  /** False before year 1 and after year 9999. */
  public static boolean isStorable(Instant time) {
    return !time.isBefore(FIRST) && !time.isAfter(LAST);
  }
}
