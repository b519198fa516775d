package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.Checksum;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.LogEntry.Action;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * Brings a version out of the state between done and not done, in which only a file that runs
 * outside a transaction can be: it failed, or its run was killed.
 */
public final class FailedRepair {

  private final Target target;
  private final String actor;

  /**
   * For one target.
   *
   * @param actor who gives the order, for the log
   */
  public FailedRepair(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /**
   * What was done.
   *
   * @param recorded true: the file had done all that it does, and counts as applied now; false: it
   *     is pending and can run
   * @param dropped invalid indexes that are gone now
   */
  public record Result(boolean recorded, List<String> dropped) {}

  /**
   * Clears the failed row of a version and drops the invalid indexes of the schema; or records the
   * version as applied, when its index is there just as its file makes it.
   *
   * @throws MigrationFailure REFUSED when there is nothing to repair, or when an index is there
   *     that is not the file's
   */
  public Result run(String given, String reason) {
    String version = Versions.normal(given);
    return LockedSchema.on(target, connection -> run(connection, version, reason));
  }

  private Result run(Connection connection, String version, String reason) throws SQLException {
    HistoryTable history = new HistoryTable(connection, target.schema());
    String script = Versions.script(target.files(), version).orElse(null);
    IndexStatement statement =
        script == null
            ? null
            : target.files().migration(script).flatMap(IndexStatement::of).orElse(null);
    IndexEffect effect = new IndexEffect(connection, target.schema());
    boolean row = history.removeFailed(version);
    if (!row && (statement == null || !isNext(connection, version))) {
      throw nothing(version);
    }

    List<String> dropped = dropInvalid(connection);
    switch (statement == null ? IndexEffect.Found.NOTHING : effect.look(statement)) {
      case ALL -> {
        record(connection, version, String.valueOf(script), reason);
        return new Result(true, dropped);
      }
      case OTHER ->
          throw MigrationFailure.refused(
              "another index than that of %s has its name: %s; when it is not needed, DROP INDEX CONCURRENTLY %s, then run repair --failed %s and upgrade"
                  .formatted(
                      script,
                      effect.definition(Objects.requireNonNull(statement)),
                      statement.indexPath(target.schema()),
                      version));
      case NOTHING, HALF -> {
        if (!row && dropped.isEmpty()) {
          throw nothing(version);
        }
      }
    }
    MigrationLog.append(
        connection,
        target.schema(),
        LogEntry.of(Action.FAILED_ROW_CLEARED, version, actor, String.join(", ", dropped)));
    return new Result(false, dropped);
  }

  private static MigrationFailure nothing(String version) {
    return MigrationFailure.refused("version %s has no failed row".formatted(version));
  }

  private void record(Connection connection, String version, String script, String reason)
      throws SQLException {
    int checksum = Checksum.of(target.files().migration(script).orElse(""));
    String description =
        script.substring(script.indexOf("__") + 2, script.lastIndexOf('.')).replace('_', ' ');
    new Sql(connection)
        .execute(
            HistoryTable.insert(
                target.schema(),
                new HistoryTable.Row(0, version, description, "SQL", script, checksum, true),
                "current_user",
                0));
    MigrationLog.append(
        connection,
        target.schema(),
        LogEntry.of(LogEntry.Action.APPLIED, target.files(), version, script, checksum, actor)
            .with(
                null,
                SchemaState.fingerprint(connection, target),
                null,
                reason,
                "recorded by repair --failed: the file had taken effect"));
  }

  // Without a failed row only the version that upgrade would begin with can have been interrupted.
  private boolean isNext(Connection connection, String version) throws SQLException {
    return FastStatus.at(connection, target)
        .flatMap(look -> look.pending().stream().findFirst())
        .filter(version::equals)
        .isPresent();
  }

  private List<String> dropInvalid(Connection connection) throws SQLException {
    var sql = new Sql(connection);
    List<String> indexes =
        sql.texts(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND NOT i.indisvalid AND c.relkind = 'i'
            """,
            target.schema());
    for (String index : indexes) {
      sql.execute("DROP INDEX " + index);
    }
    return indexes;
  }
}
