package io.a2g.common.idempotency;

import io.a2g.common.readiness.SchemaReadiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets answers after a day, every hour. */
class IdempotencyPurge {

  private static final Logger log = LoggerFactory.getLogger(IdempotencyPurge.class);

  private final StoredAnswers answers;
  private final SchemaReadiness migrations;

  IdempotencyPurge(StoredAnswers answers, SchemaReadiness migrations) {
    this.answers = answers;
    this.migrations = migrations;
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
  void purge() {
    if (migrations.isReady()) {
      log.debug("Removed {} idempotency keys", answers.purge());
    }
  }
}
