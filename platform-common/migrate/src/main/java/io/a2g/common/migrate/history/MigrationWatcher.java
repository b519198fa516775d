package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Goes with Flyway through one run: bounds waiting, holds contract steps back until their backfill
 * is done, and writes the log in the transaction of the migration itself.
 */
final class MigrationWatcher implements Callback {

  private final Target target;
  private final String actor;
  private final Predicate<String> fingerprinted;
  private final Progress progress;
  private long startedNanos;
  private @Nullable String before;

  /** The session whose statements are bounded; null when none is. */
  private @Nullable Connection bounded;

  /**
   * For one run.
   *
   * @param fingerprinted the versions whose schema is fingerprinted before and after
   */
  MigrationWatcher(
      Target target, String actor, Predicate<String> fingerprinted, Progress progress) {
    this.target = target;
    this.actor = actor;
    this.fingerprinted = fingerprinted;
    this.progress = progress;
  }

  @Override
  public boolean supports(Event event, @Nullable Context context) {
    return switch (event) {
      case BEFORE_MIGRATE, BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, AFTER_MIGRATE -> true;
      default -> false;
    };
  }

  @Override
  public boolean canHandleInTransaction(Event event, @Nullable Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      switch (event) {
        case BEFORE_MIGRATE -> ControlTables.create(context.getConnection(), target.schema());
        case BEFORE_EACH_MIGRATE -> begin(context.getConnection(), context.getMigrationInfo());
        case AFTER_MIGRATE -> ReferenceRows.write(context.getConnection(), target.service());
        default -> end(context.getConnection(), context.getMigrationInfo());
      }
    } catch (SQLException e) {
      throw new FlywayException("The migration tool could not do its part: " + e.getMessage(), e);
    }
  }

  @Override
  public String getCallbackName() {
    return "a2g migration watcher";
  }

  private void begin(Connection connection, MigrationInfo migration) throws SQLException {
    startedNanos = System.nanoTime();
    before = null;
    bound(connection);
    if (migration.isVersioned()) {
      progress.starting(Step.of(migration));
      Guard gate = ContractGate.guard(target, migration.getScript()).orElse(null);
      String reason = gate == null ? null : gate.reason(connection).orElse(null);
      if (reason != null) {
        throw new FlywayException(reason);
      }
      if (connection.getAutoCommit()) {
        requireNotRunBefore(connection, migration);
      }
      if (isFingerprinted(migration)) {
        before = SchemaState.fingerprint(connection, target);
      }
    }
  }

  // A statement outside a transaction and its row of the history are two commits. Whoever is killed
  // between them leaves an index that is not recorded, and IF NOT EXISTS would take a half for all.
  private void requireNotRunBefore(Connection connection, MigrationInfo migration)
      throws SQLException {
    IndexStatement statement =
        target.files().migration(migration.getScript()).flatMap(IndexStatement::of).orElse(null);
    if (statement == null) {
      return;
    }
    IndexEffect.Found found = new IndexEffect(connection, target.schema()).glance(statement);
    boolean half = found == IndexEffect.Found.HALF && statement.creates();
    if (half || (found == IndexEffect.Found.ALL && !statement.tolerant())) {
      throw new FlywayException(
          "%s was not recorded, but %s is %s: a run was killed, or it was done by hand; run repair --failed %s, which looks what is there and goes on from it"
              .formatted(
                  migration.getScript(),
                  statement.indexPath(target.schema()),
                  half ? "there, unfinished" : statement.creates() ? "there" : "gone",
                  migration.getVersion()));
    }
  }

  // Once for all files of a session, because a round trip for each can be measured. A statement
  // outside a transaction, such as CREATE INDEX CONCURRENTLY, has to wait for others by nature; a
  // time-out would leave an invalid index.
  private void bound(Connection connection) throws SQLException {
    Connection wanted = connection.getAutoCommit() ? null : connection;
    if (wanted != null && wanted.equals(bounded)) {
      return;
    }
    new Sql(connection)
        .execute(
            (wanted == null
                    ? "SET lock_timeout = 0; SET statement_timeout = 0; "
                    : target.limits().setSession() + "; ")
                + Limits.NOTICE_A_KILLED_TOOL);
    bounded = wanted;
  }

  private void end(Connection connection, MigrationInfo migration) throws SQLException {
    long millis = (System.nanoTime() - startedNanos) / 1_000_000;
    String after = isFingerprinted(migration) ? SchemaState.fingerprint(connection, target) : null;
    MigrationLog.append(
        connection,
        target.schema(),
        LogEntry.of(
                LogEntry.Action.APPLIED,
                target.files(),
                migration.getVersion() == null ? null : migration.getVersion().getVersion(),
                migration.getScript(),
                migration.getResolvedChecksum(),
                actor)
            .with(before, after, millis, null, null));
    progress.applied(Step.of(migration), millis);
  }

  private boolean isFingerprinted(MigrationInfo migration) {
    return migration.isVersioned() && fingerprinted.test(migration.getVersion().getVersion());
  }
}
