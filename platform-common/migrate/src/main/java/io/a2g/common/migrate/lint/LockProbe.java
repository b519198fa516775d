package io.a2g.common.migrate.lint;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Sees from inside a migration's transaction what each statement does to the tables that were there
 * before the file: which locks it holds, whether it read all rows, and whether it copied them.
 */
final class LockProbe implements Callback {

  // Scans of this transaction are counted where they happen, so that SET NOT NULL behind a valid
  // check, which needs none, shows none.
  private static final String TABLES =
      """
      SELECT c.oid::bigint, c.oid::regclass::text, c.relfilenode::bigint,
        coalesce(pg_stat_get_xact_numscans(c.oid), 0),
        ARRAY(SELECT l.mode FROM pg_locks l
              WHERE l.locktype = 'relation' AND l.relation = c.oid AND l.pid = pg_backend_pid() AND l.granted)
      FROM pg_class c
      WHERE c.relnamespace = to_regnamespace(?) AND c.relkind IN ('r', 'p', 'm')
        AND c.relname <> ALL ('{flyway_schema_history,migration_audit,migration_control,migration_backfill}')
      """;

  private final String schema;
  private final List<Observation> observations = new ArrayList<>();
  private Map<Long, Table> before = new HashMap<>();
  private Set<Long> existing = Set.of();
  private int statement;

  LockProbe(String schema) {
    this.schema = schema;
  }

  /** What one table looks like from inside the transaction. */
  private record Table(String name, long file, long scans, Set<String> locks) {}

  /**
   * What a statement did to one table.
   *
   * @param script the file
   * @param statement its place in the file, from 0
   * @param table its name
   * @param locks all that are held on it after the statement
   * @param fresh those of them that this statement took
   * @param scanned whether it read all rows
   * @param rewritten whether it made a new copy
   */
  record Observation(
      String script,
      int statement,
      String table,
      Set<String> locks,
      Set<String> fresh,
      boolean scanned,
      boolean rewritten) {}

  List<Observation> observations() {
    return observations;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE_STATEMENT;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      Map<Long, Table> now = tables(context.getConnection());
      if (event == Event.BEFORE_EACH_MIGRATE) {
        existing = Set.copyOf(now.keySet());
        statement = 0;
      } else {
        observe(context.getMigrationInfo().getScript(), now);
        statement++;
      }
      before = now;
    } catch (SQLException e) {
      throw new FlywayException("Cannot read the locks", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "lock probe";
  }

  private void observe(String script, Map<Long, Table> now) {
    now.forEach((oid, table) -> {
      Table old = before.get(oid);
      if (old != null && existing.contains(oid)) {
        Set<String> fresh = new HashSet<>(table.locks());
        fresh.removeAll(old.locks());
        observations.add(
            new Observation(
                script,
                statement,
                table.name(),
                table.locks(),
                fresh,
                table.scans() > old.scans(),
                table.file() != old.file()));
      }
    });
  }

  private Map<Long, Table> tables(Connection connection) throws SQLException {
    Map<Long, Table> tables = new HashMap<>();
    new Sql(connection)
        .list(
            TABLES,
            row ->
                tables.put(
                    row.getLong(1),
                    new Table(
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        Set.copyOf(List.of((String[]) row.getArray(5).getArray())))),
            schema);
    return tables;
  }
}
