package io.a2g.tracing;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Trace ids that no other test has. */
public final class TraceIds {

  private TraceIds() {}

  /** 32 lower-case hex digits. */
  public static String fresh() {
    HexFormat hex = HexFormat.of();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
  }
}
