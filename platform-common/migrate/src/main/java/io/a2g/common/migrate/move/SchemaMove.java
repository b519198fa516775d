package io.a2g.common.migrate.move;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.SchemaVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Moves the rows of a schema to another database, where the same migrations have made the same
 * tables. The servers may be of different versions. Writes to the source are blocked from the first
 * count to the end; every row is counted and hashed on both sides before anything is committed.
 */
public final class SchemaMove {

  private final Target source;
  private final Target destination;
  private final boolean replace;
  private final boolean closeSource;
  private final boolean replicated;
  private final Consumer<String> progress;

  /**
   * Nothing happens yet.
   *
   * @param source the schema as it is, with the rights of its migrator
   * @param destination the schema in the other database, with the rights of its migrator there
   * @param replace whether rows that are only there may be removed
   * @param closeSource whether the services' roles lose the source's schema in the same step, so
   *     that nothing late is written to the old place; create-schemas opens it again
   * @param replicated whether {@link SchemaReplication} brings the rows; then only the last changes
   *     are waited for
   * @param progress is told one line for each table
   */
  public SchemaMove(
      Target source,
      Target destination,
      boolean replace,
      boolean closeSource,
      boolean replicated,
      Consumer<String> progress) {
    this.source = source;
    this.destination = destination;
    this.replace = replace;
    this.closeSource = closeSource;
    this.replicated = replicated;
    this.progress = progress;
  }

  /**
   * Copies, compares, and commits when all is equal.
   *
   * @return every table; nothing was changed when one of them is not equal
   * @throws MigrationFailure REFUSED when the two schemas are not at the same version, the
   *     destination has rows of its own, or the source is to be closed and no service has a role
   *     there
   */
  public List<MovedTable> run() {
    requireSameVersion(source, destination);
    List<String> roles = rolesToClose();
    return source.on(from -> {
      Sql here = begin(from, source, Connection.TRANSACTION_REPEATABLE_READ);
      requireDifferentDatabases();
      List<TableToMove> tables = locked(here);
      if (replicated) {
        source.on(connection -> {
          CatchUp.await(new Sql(connection), source);
          return null;
        });
      }
      List<MovedTable> moved = destination.on(to -> move(tables, from, to));
      if (moved.stream().allMatch(MovedTable::equal)) {
        // The copy is committed already: when this fails, both have the rows and the source is
        // still open.
        close(roles, here);
        from.commit();
      }
      return moved;
    });
  }

  /** A transaction in which values print the same way whatever the server's defaults are. */
  private static Sql begin(Connection connection, Target target, int isolation)
      throws SQLException {
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(false);
    Sql sql = new Sql(connection);
    sql.execute(target.limits().setLocal());
    // Copying takes as long as it takes.
    sql.execute(
        """
        SET LOCAL statement_timeout = 0;
        SET LOCAL idle_in_transaction_session_timeout = 0;
        SET LOCAL timezone = 'UTC';
        SET LOCAL datestyle = 'ISO, YMD';
        SET LOCAL intervalstyle = 'iso_8601';
        SET LOCAL bytea_output = 'hex';
        SET LOCAL extra_float_digits = 1
        """);
    return sql;
  }

  static void requireSameVersion(Target source, Target destination) {
    SchemaVersion here = SchemaVersion.read(source);
    SchemaVersion there = SchemaVersion.read(destination);
    if (!here.isHead() || !there.isHead()) {
      throw MigrationFailure.refused(
          "%s is at %s and %s at %s: run migrate upgrade head on both first"
              .formatted(source.display(), here.version(), destination.display(), there.version()));
    }
  }

  // What is not committed is rolled back when the connection closes.
  private List<MovedTable> move(List<TableToMove> tables, Connection from, Connection to)
      throws SQLException {
    Sql here = new Sql(from);
    Sql there = begin(to, destination, Connection.TRANSACTION_READ_COMMITTED);
    if (!replicated) {
      requireRoom(compare(tables, here, there));
    }
    List<TableToMove> copied =
        replicated ? tables.stream().filter(table -> !table.logged()).toList() : tables;
    if (!copied.isEmpty()) {
      there.execute("TRUNCATE " + TableToMove.names(copied));
    }
    if (!replicated) {
      Months.make(here, there, source.schema());
    }
    for (TableToMove table : copied) {
      progress.accept("%d rows of %s".formatted(copy(table, from, to), table.name()));
    }
    copyCounters(here, there);
    List<MovedTable> moved = compare(tables, here, there);
    if (moved.stream().allMatch(MovedTable::equal)) {
      to.commit();
    }
    return moved;
  }

  private void requireRoom(List<MovedTable> tables) {
    for (MovedTable before : tables) {
      if (!replace && before.target().rows() > 0 && !before.equal()) {
        throw rowsOfItsOwn(destination, before.table());
      }
    }
  }

  static MigrationFailure rowsOfItsOwn(Target destination, String table) {
    return MigrationFailure.refused(
        "%s has rows of its own in %s.%s: give --replace when they may go"
            .formatted(destination.display(), destination.schema(), table));
  }

  // The lock comes before the first query, which fixes what this transaction sees.
  private List<TableToMove> locked(Sql from) throws SQLException {
    List<TableToMove> tables =
        source.on(connection -> TableToMove.of(new Sql(connection), source.schema()));
    from.execute("LOCK TABLE " + TableToMove.names(tables) + " IN SHARE MODE");
    return tables;
  }

  private void requireDifferentDatabases() {
    Sql.Work<@Nullable String> identity =
        connection ->
            new Sql(connection)
                .text(
                    "SELECT coalesce(inet_server_addr()::text, '') || inet_server_port() || current_database() || pg_postmaster_start_time()");
    if (Objects.equals(source.on(identity), destination.on(identity))) {
      throw MigrationFailure.refused("that is the database where the schema is already");
    }
  }

  private static List<MovedTable> compare(List<TableToMove> tables, Sql from, Sql to)
      throws SQLException {
    List<MovedTable> compared = new ArrayList<>();
    for (TableToMove table : tables) {
      compared.add(new MovedTable(table.name(), table.content(from), table.content(to)));
    }
    return compared;
  }

  private static long copy(TableToMove table, Connection from, Connection to) throws SQLException {
    // Triggers have done their work when the row was stored first; an owner may switch off its own.
    new Sql(to).execute("ALTER TABLE %s DISABLE TRIGGER USER".formatted(table.qualified()));
    CopyOut out =
        from.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT %s FROM %s) TO STDOUT".formatted(table.columns(), table.qualified()));
    CopyIn in =
        to.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY %s (%s) FROM STDIN".formatted(table.qualified(), table.columns()));
    for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
      in.writeToCopy(row, 0, row.length);
    }
    long rows = in.endCopy();
    new Sql(to).execute("ALTER TABLE %s ENABLE TRIGGER USER".formatted(table.qualified()));
    return rows;
  }

  // As they are, not the highest id: a number that was given once is never given again.
  private void copyCounters(Sql from, Sql to) throws SQLException {
    for (String name :
        from.texts(
            "SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname = ?",
            source.schema())) {
      String value = from.text("SELECT last_value || ', ' || is_called FROM " + name);
      to.execute("SELECT setval('%s', %s)".formatted(name, value));
    }
  }

  private void close(List<String> roles, Sql from) throws SQLException {
    for (String role : roles) {
      from.execute("REVOKE ALL ON SCHEMA %s FROM %s".formatted(source.schema(), role));
    }
  }

  private List<String> rolesToClose() {
    if (!closeSource) {
      return List.of();
    }
    List<String> roles =
        source.on(connection ->
            new Sql(connection)
                .texts(
                    """
                    SELECT DISTINCT quote_ident(r.rolname)
                    FROM pg_namespace n, aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
                    WHERE n.nspname = ? AND a.grantee <> n.nspowner AND r.rolname LIKE '%\\_app'
                    """,
                    source.schema()));
    if (roles.isEmpty()) {
      throw MigrationFailure.refused(
          "%s cannot be closed: the services have no roles of their own there, or have lost their rights already; stop what writes there and move without --close-source, or give roles with create-schemas first"
              .formatted(source.display()));
    }
    return roles;
  }
}
