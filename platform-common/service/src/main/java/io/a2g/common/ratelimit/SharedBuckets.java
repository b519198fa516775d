package io.a2g.common.ratelimit;

import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * The buckets in the table {@code rate_limits} of the service's own schema, which all replicas
 * share. A bucket changes under its row's lock, so no token is given twice. After a failure nobody
 * asks for a while, and then one request alone: waiting for a database that is gone would only add
 * to what the requests themselves wait.
 */
class SharedBuckets {

  private static final Logger log = LoggerFactory.getLogger(SharedBuckets.class);

  private static final Duration STATEMENT_TIME = Duration.ofSeconds(2);
  private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int REMOVED_AT_ONCE = 1_000;

  private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
  private final BooleanSupplier ready;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile boolean failed;
  private volatile long failedAt;

  /**
   * @param ready whether the table is there; until then nothing is shared
   */
  SharedBuckets(DataSource database, String schema, BooleanSupplier ready) {
    this.ready = ready;
    this.buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table(schema + ".rate_limits")
            .idColumn("bucket")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            // A full bucket is as good as none.
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
            .requestTimeout(STATEMENT_TIME)
            .build();
  }

  /**
   * Takes up to {@code tokens}; empty when the database cannot be asked.
   *
   * @param id of the user or key
   */
  Optional<TokenGrant> take(Quota quota, long id, long tokens) {
    if (!ready.getAsBoolean()) {
      return Optional.empty();
    }
    if (!failed) {
      return ask(quota, id, tokens);
    }
    if (System.nanoTime() - failedAt < PAUSE_NANOS || !asking.compareAndSet(false, true)) {
      return Optional.empty();
    }
    try {
      return ask(quota, id, tokens);
    } finally {
      asking.set(false);
    }
  }

  private Optional<TokenGrant> ask(Quota quota, long id, long tokens) {
    try {
      var answer =
          buckets
              .builder()
              .build(quota.bucket(id), quota::configuration)
              .asVerbose()
              .tryConsumeAsMuchAsPossible(tokens);
      succeeded();
      return Optional.of(grant(answer));
    } catch (RuntimeException e) {
      failed(e);
      return Optional.empty();
    }
  }

  private static TokenGrant grant(VerboseResult<Long> answer) {
    var state = answer.getState();
    long given = answer.getValue();
    long wait =
        given > 0
            ? 0
            : state.calculateDelayNanosAfterWillBePossibleToConsume(
                1, answer.getOperationTimeNanos(), false);
    return new TokenGrant(given, state.getAvailableTokens(), wait);
  }

  private void succeeded() {
    if (failed) {
      failed = false;
      log.info("Request rates are shared between replicas again");
    }
  }

  // Logged once for an outage; the requests themselves say what is wrong with the database.
  private void failed(RuntimeException failure) {
    boolean known = failed;
    failedAt = System.nanoTime();
    failed = true;
    if (!known) {
      log.warn(
          "Request rates cannot be shared and are kept by this replica alone: {}",
          NestedExceptionUtils.getMostSpecificCause(failure).toString());
    }
  }

  /** Removes buckets that are full again; safe on several replicas at once. */
  void removeExpired() {
    while (buckets.removeExpired(REMOVED_AT_ONCE) == REMOVED_AT_ONCE) {
      // The next ones.
    }
  }
}
