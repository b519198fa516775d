package io.a2g.common.audit;

import io.a2g.common.readiness.SchemaReadiness;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Makes partitions before they are needed and drops them when they are too old. */
class AuditUpkeep {

  private static final Logger log = LoggerFactory.getLogger(AuditUpkeep.class);
  private static final int MONTHS_AHEAD = 3;

  private final AuditLog audit;
  private final AuditProperties properties;
  private final SchemaReadiness migrations;
  private final Clock clock;

  AuditUpkeep(AuditLog audit, AuditProperties properties, SchemaReadiness migrations, Clock clock) {
    this.audit = audit;
    this.properties = properties;
    this.migrations = migrations;
    this.clock = clock;
  }

  /**
   * Never fails: without its partition an event goes to the default one, and nothing is lost. Not
   * part of a start, because the migration has made the first months.
   */
  @Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT5M")
  void keepUp() {
    if (!migrations.isReady()) {
      return;
    }
    try {
      audit.keepUp(MONTHS_AHEAD, clock.instant().minus(properties.retention()));
    } catch (DataAccessException e) {
      log.warn("Upkeep of the audit is put off: {}", e.getMostSpecificCause().getMessage());
    }
  }
}
