package io.a2g.common.migrate.move;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of a schema to another database while the services go on writing, by logical
 * replication: a publication and a slot at the source, a subscription at the destination. {@link
 * SchemaMove} then only waits for the last of them, and compares. What a slot is kept for stays on
 * the source's disk, so whoever starts this ends it with {@link #stop}, whatever happened.
 *
 * <p>Partitioned tables are published as one, so the partitions may differ. Counters and unlogged
 * tables are not published; the move brings them.
 */
public final class SchemaReplication {

  /** The oldest server that counts what a subscription cannot apply. */
  private static final int OLDEST_SERVER = 150_000;

  private static final long POLL_MS = 100;

  private final Target source;
  private final Target destination;
  private final DatabaseUrl sourceAdmin;
  private final DatabaseUrl destinationAdmin;
  private final String name;
  private final Consumer<String> progress;

  /**
   * Nothing happens yet.
   *
   * @param source the schema as it is, with the rights of its migrator
   * @param destination the schema in the other database, with the rights of its migrator there
   * @param sourceAdmin the source's database with a user who may publish and replicate; the other
   *     server connects with it
   * @param destinationAdmin the other database with a user who may subscribe
   * @param progress is told one line for each step
   */
  public SchemaReplication(
      Target source,
      Target destination,
      DatabaseUrl sourceAdmin,
      DatabaseUrl destinationAdmin,
      Consumer<String> progress) {
    this.source = source;
    this.destination = destination;
    this.sourceAdmin = sourceAdmin;
    this.destinationAdmin = destinationAdmin;
    this.name = nameFor(source.schema());
    this.progress = progress;
  }

  /** Of publication, slot and subscription. */
  static String nameFor(String schema) {
    return "a2g_move_" + schema;
  }

  /**
   * Copies every row there is and begins to follow the changes.
   *
   * @param replace whether rows that are only at the destination may be removed
   * @throws MigrationFailure NO_RIGHT, saying what is missing, when the servers or these users
   *     cannot replicate; then nothing of it is left. REFUSED when the destination has rows of its
   *     own
   */
  public void start(boolean replace) {
    SchemaMove.requireSameVersion(source, destination);
    try (Connection from = admin(source, sourceAdmin);
        Connection to = admin(destination, destinationAdmin)) {
      requireServer(from, sourceAdmin);
      requireServer(to, destinationAdmin);
      if (!"logical".equals(SchemaMove.text(from, "SHOW wal_level"))) {
        throw impossible("wal_level of %s is not logical".formatted(sourceAdmin.display()), null);
      }
      List<TableToMove> tables =
          TableToMove.of(from, source.schema()).stream().filter(TableToMove::logged).toList();
      requireIdentity(from);
      publish(from, to, tables, replace);
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, source);
    }
  }

  private void publish(Connection from, Connection to, List<TableToMove> tables, boolean replace) {
    try {
      execute(
          from,
          "CREATE PUBLICATION %s FOR TABLE %s WITH (publish_via_partition_root = true)"
              .formatted(
                  name,
                  tables.stream().map(TableToMove::qualified).collect(Collectors.joining(", "))));
      // By hand: a subscription that makes its own slot waits for itself when both databases are
      // of one server.
      execute(
          from, "SELECT pg_create_logical_replication_slot('%1$s', 'pgoutput')".formatted(name));
      empty(to, tables, replace);
      execute(
          to,
          "CREATE SUBSCRIPTION %1$s CONNECTION %2$s PUBLICATION %1$s WITH (create_slot = false, slot_name = '%1$s')"
              .formatted(name, literal(to, ConnectionText.of(sourceAdmin))));
      awaitCopy(to, tables.size());
    } catch (SQLException e) {
      stop();
      throw impossible(DatabaseFailures.oneLine(e), e);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** Ends it on both sides; may be repeated, and does nothing when there is nothing to end. */
  public void stop() {
    try (Connection to = admin(destination, destinationAdmin)) {
      if (exists(
          to,
          "pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND subname")) {
        execute(to, "ALTER SUBSCRIPTION %s DISABLE".formatted(name));
        unsubscribe(to);
      }
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, destination);
    }
    try (Connection from = admin(source, sourceAdmin)) {
      if (exists(from, "pg_replication_slots WHERE slot_name")) {
        execute(
            from,
            "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE active_pid IS NOT NULL AND slot_name = '%s'"
                .formatted(name));
        execute(from, "SELECT pg_drop_replication_slot('%s')".formatted(name));
      }
      execute(from, "DROP PUBLICATION IF EXISTS " + name);
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, source);
    }
  }

  // With its slots, those of unfinished copies too; without them when the source is out of reach.
  private void unsubscribe(Connection to) throws SQLException {
    try {
      execute(to, "DROP SUBSCRIPTION " + name);
    } catch (SQLException e) {
      execute(to, "ALTER SUBSCRIPTION %s SET (slot_name = NONE)".formatted(name));
      execute(to, "DROP SUBSCRIPTION " + name);
    }
  }

  private void awaitCopy(Connection to, int tables) throws SQLException {
    String state =
        "SELECT count(*) FILTER (WHERE r.srsubstate = 'r') FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid WHERE s.subname = '%s'"
            .formatted(name);
    String errors =
        "SELECT coalesce(sum(apply_error_count + sync_error_count), 0) FROM pg_stat_subscription_stats WHERE subname = '%s'"
            .formatted(name);
    while (Integer.parseInt(SchemaMove.text(to, state)) < tables) {
      if (Long.parseLong(SchemaMove.text(to, errors)) > 0) {
        throw impossible(
            "%s cannot take the rows; the log of that server says why"
                .formatted(destinationAdmin.display()),
            null);
      }
      pause();
    }
    progress.accept("%d tables copied; following their changes".formatted(tables));
  }

  private void empty(Connection to, List<TableToMove> tables, boolean replace) throws SQLException {
    for (TableToMove table : tables) {
      if (table.content(to).rows() == 0) {
        continue;
      }
      if (!replace) {
        throw SchemaMove.rowsOfItsOwn(destination, table.name());
      }
      execute(to, "TRUNCATE %s CASCADE".formatted(table.qualified()));
    }
  }

  // Without one, the source would refuse its services' updates as soon as the table is published.
  private void requireIdentity(Connection from) throws SQLException {
    String table =
        SchemaMove.text(
            from,
            """
            SELECT min(c.oid::regclass::text) FROM pg_class c
            WHERE c.relnamespace = '%s'::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p'
              AND (c.relreplident = 'n' OR c.relreplident = 'd' AND NOT EXISTS (
                SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
            """
                .formatted(source.schema()));
    if (!table.equals("null")) {
      throw impossible(table + " has no primary key", null);
    }
  }

  private static void requireServer(Connection connection, DatabaseUrl url) throws SQLException {
    if (Integer.parseInt(SchemaMove.text(connection, "SHOW server_version_num")) < OLDEST_SERVER) {
      throw impossible(url.display() + " is older than PostgreSQL 15", null);
    }
  }

  private boolean exists(Connection connection, String where) throws SQLException {
    return !SchemaMove.text(connection, "SELECT count(*) FROM %s = '%s'".formatted(where, name))
        .equals("0");
  }

  private static MigrationFailure impossible(String reason, @Nullable Throwable cause) {
    return new MigrationFailure(
        ExitCode.NO_RIGHT, "The rows cannot be replicated: %s".formatted(reason), cause);
  }

  private static Connection admin(Target target, DatabaseUrl url) {
    return target.withDatabase(url).connect();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      // A slot waits for the transactions that are open when it is made.
      statement.setQueryTimeout(60);
      statement.execute(sql);
    }
  }

  private static String literal(Connection connection, String text) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT quote_literal(?)")) {
      statement.setString(1, text);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.INTERNAL, "Interrupted", e);
    }
  }
}
