package io.a2g.common.migrate.history;

import static io.a2g.common.migrate.history.ScriptSql.literal;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.Hold;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What must hold before anything is undone. */
final class UndoChecks {

  private final Connection connection;
  private final Target target;
  private final UndoOptions order;

  UndoChecks(Connection connection, Target target, UndoOptions order) {
    this.connection = connection;
    this.target = target;
    this.order = order;
  }

  /**
   * The row on top, which must be of the planned version.
   *
   * @throws MigrationFailure when a rule forbids the undo
   */
  HistoryTable.Row requireTop(HistoryTable history, String version) throws SQLException {
    HistoryTable.Row top = requireUndoable(history, version);
    requireNoBackfill();
    requireNoSessions();
    return top;
  }

  /** The same without what may change until a script is run. */
  HistoryTable.Row requireUndoable(HistoryTable history, String version) throws SQLException {
    history
        .failed()
        .ifPresent(row -> {
          throw MigrationFailure.refused(
              "version %s failed half-way: run repair --failed %s first"
                  .formatted(row.version(), row.version()));
        });
    List<HistoryTable.Row> live = history.live();
    HistoryTable.Row top = live.isEmpty() ? null : live.getLast();
    if (top == null || !version.equals(top.version())) {
      throw MigrationFailure.refused(
          "%s is no longer on top: somebody migrated meanwhile; look at current and start again"
              .formatted(version));
    }
    requireNoForeignHold();
    return requireUndoFile(top);
  }

  /** Refuses a row of a kind that has no undo file. */
  static HistoryTable.Row requireUndoFile(HistoryTable.Row row) {
    if (!row.type().equals("SQL")) {
      throw MigrationFailure.refused(
          "%s is of type %s, which has no undo file".formatted(row.version(), row.type()));
    }
    return row;
  }

  private void requireNoForeignHold() throws SQLException {
    Hold.read(connection, target.schema())
        .filter(hold -> !hold.actor().equals(order.actor()) && !order.force())
        .ifPresent(hold -> {
          throw MigrationFailure.refused(
              "%s holds the schema at %s since %s (%s): agree with them and release, or --force"
                  .formatted(hold.actor(), hold.version(), hold.since(), hold.reason()));
        });
  }

  private void requireNoBackfill() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT name FROM "
                    + target.schema()
                    + ".migration_backfill WHERE state = 'RUNNING'")) {
      if (row.next()) {
        throw MigrationFailure.refused(
            "the backfill %s is running: pause it first".formatted(row.getString(1)));
      }
    }
  }

  private void requireNoSessions() throws SQLException {
    if (order.force()) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) " + fromSessions(target))) {
      row.next();
      if (row.getInt(1) > 0) {
        throw MigrationFailure.refused(
            "%d sessions of %s are connected and may need what is undone: stop it or roll its code back, then --force"
                .formatted(row.getInt(1), target.service().name()));
      }
    }
  }

  /** The service's sessions, as the end of a query. */
  static String fromSessions(Target target) {
    return "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        + " AND (usename = %s OR application_name = %s)"
            .formatted(
                literal(target.service().schema().appRole()), literal(target.service().name()));
  }
}
