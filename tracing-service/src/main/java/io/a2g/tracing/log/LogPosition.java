package io.a2g.tracing.log;

import java.time.Instant;

/** Where an entry stands in its trace. */
public record LogPosition(Instant occurredAt, long id) {

  /** Before every entry. */
  public static final LogPosition START = new LogPosition(Instant.EPOCH, 0);
}
