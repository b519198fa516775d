package io.a2g.tracing.retention;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.readiness.SchemaReady;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes partitions before they are needed and drops them when they are too old: at the start and
 * every hour. That is far more often than needed, and finds nothing to do; but upkeep gives way to
 * traffic, and is then made up for soon.
 */
@Component
class LogUpkeep {

  private static final Logger log = LoggerFactory.getLogger(LogUpkeep.class);
  // A service that stands still for a quarter of a year still writes into partitions.
  private static final int MONTHS_AHEAD = 3;

  private final LogPartitions partitions;
  private final RetentionProperties retention;
  private final SchemaReadiness migrations;
  private final Clock clock;

  LogUpkeep(
      LogPartitions partitions,
      RetentionProperties retention,
      SchemaReadiness migrations,
      Clock clock) {
    this.partitions = partitions;
    this.retention = retention;
    this.migrations = migrations;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1H")
  void everyHour() {
    if (migrations.isReady()) {
      keepUp();
    }
  }

  /** Never fails: without its partition an entry goes to the default one, and nothing is lost. */
  @EventListener(SchemaReady.class)
  void keepUp() {
    try {
      Instant oldest = retention.oldestLog(clock.instant());
      int made = partitions.ensure(MONTHS_AHEAD);
      int dropped = partitions.dropBefore(oldest);
      int deleted = partitions.deleteStraysBefore(oldest);
      if (made + dropped + deleted > 0) {
        log.info(
            "Log partitions: {} made, {} dropped; {} old entries deleted", made, dropped, deleted);
      }
    } catch (DataAccessException e) {
      log.warn("Upkeep of log partitions is put off: {}", e.getMostSpecificCause().getMessage());
    }
  }
}
