package io.a2g.common.limit;

import io.a2g.common.readiness.SchemaReadiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Removes buckets that nobody drew from lately, so the table has only those of active callers. */
class RateLimitUpkeep {

  private static final Logger log = LoggerFactory.getLogger(RateLimitUpkeep.class);

  private final SharedBuckets buckets;
  private final SchemaReadiness migrations;

  RateLimitUpkeep(SharedBuckets buckets, SchemaReadiness migrations) {
    this.buckets = buckets;
    this.migrations = migrations;
  }

  @Scheduled(fixedDelayString = "PT2M", initialDelayString = "PT3M")
  void removeExpired() {
    if (!migrations.isReady()) {
      return;
    }
    try {
      buckets.removeExpired();
    } catch (RuntimeException e) {
      log.warn("Could not remove full buckets, will try again: {}", e.toString());
    }
  }
}
