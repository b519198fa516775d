package io.a2g.user.account;

import io.a2g.common.job.PlatformJob;
import io.a2g.common.reference.ReferenceHolders;
import io.a2g.common.topology.ReferenceTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Marks users deleted whose sign-up was not decided in time, so that strangers hold neither names
 * nor the room of those who sign up later.
 */
@Component
class SignUpCleanup {

  private static final Logger log = LoggerFactory.getLogger(SignUpCleanup.class);

  private static final int BATCH = 100;

  private final Users users;
  private final UserChanges changes;
  private final ReferenceHolders holders;
  private final TransactionOperations transaction;
  private final Clock clock;

  SignUpCleanup(
      Users users,
      UserChanges changes,
      ReferenceHolders holders,
      TransactionOperations transaction,
      Clock clock) {
    this.users = users;
    this.changes = changes;
    this.holders = holders;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Bean
  PlatformJob signUpCleanupJob() {
    return new PlatformJob("sign-up-cleanup", Duration.ofHours(1), this::run);
  }

  /** Each in a transaction of its own; one that fails holds up no other. */
  void run() {
    Instant now = clock.instant();
    long last = 0;
    List<Long> expired;
    do {
      expired = users.expiredSignUps(now, last, BATCH);
      for (long id : expired) {
        last = id;
        remove(id, now);
      }
    } while (expired.size() == BATCH);
  }

  private void remove(long id, Instant now) {
    try {
      transaction.executeWithoutResult(status ->
          changes
              .lockedPending(id)
              .filter(user -> user.signUpExpired(now))
              .ifPresent(user -> {
                holders.requireDeletable(ReferenceTarget.USER, id);
                changes.apply("user.sign_up_expired", user, null, gone -> gone.delete(now));
              }));
    } catch (DataAccessException e) {
      log.warn("The expired sign-up of user {} stays until the next run: {}", id, e.toString());
    }
  }
}
