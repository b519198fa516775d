package io.a2g.common.migrate.move;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of a schema to another database while the services go on writing, by logical
 * replication: a publication and a slot at the source, a subscription at the destination. {@link
 * SchemaMove} then only waits for the last of them, and compares. What a slot is kept for stays on
 * the source's disk, so what is started is always ended with {@link #stop}.
 *
 * <p>Partitioned tables are published as one, so the partitions may differ. Counters and unlogged
 * tables are not published; the move brings them.
 */
public final class SchemaReplication {

  /** The oldest server that counts what a subscription cannot apply. */
  private static final int OLDEST_SERVER = 150_000;

  private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslmode=([a-z-]+)");
  private static final long POLL_MS = 100;

  /** How long a copy may bring nothing; meanwhile the source keeps all changes on its disk. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Target source;
  private final Target destination;
  private final DatabaseUrl sourceAdmin;
  private final DatabaseUrl destinationAdmin;
  private final String name;
  private final Consumer<String> progress;
  private final Duration patience;

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
    this(source, destination, sourceAdmin, destinationAdmin, progress, PATIENCE);
  }

  SchemaReplication(
      Target source,
      Target destination,
      DatabaseUrl sourceAdmin,
      DatabaseUrl destinationAdmin,
      Consumer<String> progress,
      Duration patience) {
    this.source = source;
    this.destination = destination;
    this.sourceAdmin = sourceAdmin;
    this.destinationAdmin = destinationAdmin;
    this.name = nameFor(source.schema());
    this.progress = progress;
    this.patience = patience;
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
   *     cannot replicate, or no more rows arrive for five minutes; then nothing of it is left.
   *     REFUSED when the destination has rows of its own
   */
  public void start(boolean replace) {
    SchemaMove.requireSameVersion(source, destination);
    source
        .withDatabase(sourceAdmin)
        .on(from ->
            destination
                .withDatabase(destinationAdmin)
                .on(to -> {
                  start(admin(from), admin(to), replace);
                  return null;
                }));
  }

  private void start(Sql from, Sql to, boolean replace) throws SQLException {
    requireServer(from, sourceAdmin);
    requireServer(to, destinationAdmin);
    if (!"logical".equals(from.text("SHOW wal_level"))) {
      throw impossible("wal_level of %s is not logical".formatted(sourceAdmin.display()), null);
    }
    List<TableToMove> tables =
        TableToMove.of(from, source.schema()).stream().filter(TableToMove::logged).toList();
    requireIdentity(from);
    boolean following = false;
    try {
      publish(from, to, tables, replace);
      following = true;
    } catch (SQLException e) {
      throw impossible(DatabaseFailures.oneLine(e), e);
    } finally {
      if (!following) {
        stop();
      }
    }
  }

  private void publish(Sql from, Sql to, List<TableToMove> tables, boolean replace)
      throws SQLException {
    from.execute(
        "CREATE PUBLICATION %s FOR TABLE %s WITH (publish_via_partition_root = true)"
            .formatted(name, TableToMove.names(tables)));
    // By hand: a subscription that makes its own slot waits for itself when both databases are
    // of one server.
    from.execute("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(name));
    empty(to, tables, replace);
    // Not by the user who subscribes: they shall belong to the schema's owner.
    destination.on(connection -> {
      Months.make(from, new Sql(connection), source.schema());
      return null;
    });
    to.execute(
        "CREATE SUBSCRIPTION %1$s CONNECTION %2$s PUBLICATION %1$s WITH (create_slot = false, slot_name = '%1$s')"
            .formatted(name, to.text("SELECT quote_literal(?)", connectionString(sourceAdmin))));
    awaitCopy(to, tables.size());
  }

  /** Ends it on both sides; may be repeated, and does nothing when there is nothing to end. */
  public void stop() {
    destination
        .withDatabase(destinationAdmin)
        .on(to -> {
          unsubscribe(admin(to));
          return null;
        });
    source
        .withDatabase(sourceAdmin)
        .on(from -> {
          Sql sql = admin(from);
          if (sql.isTrue(
              "SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)", name)) {
            sql.execute(
                "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE active_pid IS NOT NULL AND slot_name = '%s'"
                    .formatted(name));
            sql.execute("SELECT pg_drop_replication_slot('%s')".formatted(name));
          }
          sql.execute("DROP PUBLICATION IF EXISTS " + name);
          return null;
        });
  }

  // With its slots, those of unfinished copies too; without them when the source is out of reach.
  private void unsubscribe(Sql to) throws SQLException {
    if (!to.isTrue(
        "SELECT EXISTS (SELECT FROM pg_subscription WHERE subname = ? AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()))",
        name)) {
      return;
    }
    to.execute("ALTER SUBSCRIPTION %s DISABLE".formatted(name));
    try {
      to.execute("DROP SUBSCRIPTION " + name);
    } catch (SQLException e) {
      to.execute("ALTER SUBSCRIPTION %s SET (slot_name = NONE)".formatted(name));
      to.execute("DROP SUBSCRIPTION " + name);
    }
  }

  private void awaitCopy(Sql to, int tables) throws SQLException {
    String arrived = "";
    long deadline = 0;
    while (to.number(
            "SELECT count(*) FILTER (WHERE r.srsubstate = 'r') FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid WHERE s.subname = ?",
            name)
        < tables) {
      if (to.isTrue(
          "SELECT sum(apply_error_count + sync_error_count) > 0 FROM pg_stat_subscription_stats WHERE subname = ?",
          name)) {
        throw impossible(
            "%s cannot take the rows; the log of that server says why"
                .formatted(destinationAdmin.display()),
            null);
      }
      String now = arrived(to);
      if (!now.equals(arrived)) {
        arrived = now;
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw impossible(
            "nothing has arrived at %s for %d s; pg_stat_activity there says what the copy waits for"
                .formatted(destinationAdmin.display(), patience.toSeconds()),
            null);
      }
      pause();
    }
    progress.accept("%d tables copied; following their changes".formatted(tables));
  }

  // Changes as long as rows arrive: nothing else writes there.
  private String arrived(Sql to) throws SQLException {
    return String.valueOf(
        to.text(
            """
            SELECT concat_ws(' ', sum(pg_total_relation_size(c.oid)),
              (SELECT string_agg(r.srsubstate::text, '' ORDER BY r.srrelid) FROM pg_subscription_rel r
               JOIN pg_subscription s ON s.oid = r.srsubid WHERE s.subname = ?))
            FROM pg_class c WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r'
            """,
            name,
            source.schema()));
  }

  private void empty(Sql to, List<TableToMove> tables, boolean replace) throws SQLException {
    for (TableToMove table : tables) {
      if (to.isTrue("SELECT EXISTS (SELECT FROM %s)".formatted(table.qualified()))) {
        if (!replace) {
          throw SchemaMove.rowsOfItsOwn(destination, table.name());
        }
        to.execute("TRUNCATE %s CASCADE".formatted(table.qualified()));
      }
    }
  }

  // Without one, the source would refuse its services' updates as soon as the table is published.
  private void requireIdentity(Sql from) throws SQLException {
    String table =
        from.text(
            """
            SELECT min(c.oid::regclass::text) FROM pg_class c
            WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p'
              AND (c.relreplident = 'n' OR c.relreplident = 'd' AND NOT EXISTS (
                SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
            """,
            source.schema());
    if (table != null) {
      throw impossible(table + " has no primary key", null);
    }
  }

  private static void requireServer(Sql sql, DatabaseUrl url) throws SQLException {
    if (sql.number("SELECT current_setting('server_version_num')::int") < OLDEST_SERVER) {
      throw impossible(url.display() + " is older than PostgreSQL 15", null);
    }
  }

  /** A database as servers read it that connect to it themselves, in libpq's form; a secret. */
  static String connectionString(DatabaseUrl url) {
    var text = new StringJoiner(" ");
    text.add("host=" + quoted(url.hostNames()));
    text.add("port=" + quoted(url.ports()));
    text.add("dbname=" + quoted(url.database()));
    if (url.user() != null) {
      text.add("user=" + quoted(url.user()));
    }
    if (url.password() != null) {
      text.add("password=" + quoted(url.password()));
    }
    Matcher sslMode = SSL_MODE.matcher(url.parameters());
    if (sslMode.find()) {
      text.add("sslmode=" + sslMode.group(1));
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static MigrationFailure impossible(String reason, @Nullable Throwable cause) {
    return new MigrationFailure(
        ExitCode.NO_RIGHT, "The rows cannot be replicated: %s".formatted(reason), cause);
  }

  // A slot waits for the transactions that are open when it is made.
  private static Sql admin(Connection connection) throws SQLException {
    Sql sql = new Sql(connection);
    sql.execute("SET statement_timeout = '60s'");
    return sql;
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
