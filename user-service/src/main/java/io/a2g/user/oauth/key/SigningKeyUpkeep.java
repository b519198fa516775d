package io.a2g.user.oauth.key;

import io.a2g.common.readiness.SchemaReadiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Rotates keys by the calendar. */
@Component
class SigningKeyUpkeep {

  private static final Logger log = LoggerFactory.getLogger(SigningKeyUpkeep.class);

  private final SigningKeys keys;
  private final SchemaReadiness migrations;

  SigningKeyUpkeep(SigningKeys keys, SchemaReadiness migrations) {
    this.keys = keys;
    this.migrations = migrations;
  }

  @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT6M")
  void keepUp() {
    if (!migrations.isReady()) {
      return;
    }
    try {
      keys.keepUp();
    } catch (DataAccessException e) {
      log.warn("Upkeep of the signing keys is put off: {}", e.getMostSpecificCause().getMessage());
    }
  }
}
