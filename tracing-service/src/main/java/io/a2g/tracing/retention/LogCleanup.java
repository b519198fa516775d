package io.a2g.tracing.retention;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes partitions before they are needed and drops them when they are too old. Without its
 * partition an entry goes to the default one, so nothing is lost when a run fails.
 */
@Component
class LogCleanup {

  private static final Logger log = LoggerFactory.getLogger(LogCleanup.class);
  // A service that stands still for a quarter of a year still writes into partitions.
  private static final int MONTHS_AHEAD = 3;

  private final LogPartitions partitions;
  private final RetentionProperties retention;
  private final Clock clock;

  LogCleanup(LogPartitions partitions, RetentionProperties retention, Clock clock) {
    this.partitions = partitions;
    this.retention = retention;
    this.clock = clock;
  }

  void cleanUp() {
    Instant oldest = retention.oldestLog(clock.instant());
    int made = partitions.ensure(MONTHS_AHEAD);
    int dropped = partitions.dropBefore(oldest);
    int deleted = partitions.deleteStraysBefore(oldest);
    if (made + dropped + deleted > 0) {
      log.info(
          "Log partitions: {} made, {} dropped; {} old entries deleted", made, dropped, deleted);
    }
  }
}
