package io.a2g.common.migrate.move;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.SchemaVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Moves the rows of a schema to another database, where the same migrations have made the same
 * tables. The servers may be of different versions. Nobody can write to the source from the first
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
   *     that nothing late is written to where nobody looks any more; create-schemas opens it again
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
   * @throws MigrationFailure REFUSED when the two schemas are not at the same version, or the
   *     destination has rows of its own
   */
  public List<MovedTable> run() {
    requireSameVersion(source, destination);
    try (var from = MoveSession.begin(source, Connection.TRANSACTION_REPEATABLE_READ);
        var to = MoveSession.begin(destination, Connection.TRANSACTION_READ_COMMITTED)) {
      List<MovedTable> moved = move(from, to);
      if (moved.stream().allMatch(MovedTable::equal)) {
        // First the copy: when the next step fails, both have the rows and the source is still
        // open.
        run(to, MoveSession::commit);
        run(from, this::finish);
      }
      return moved;
    }
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

  private List<MovedTable> move(MoveSession from, MoveSession to) {
    List<MovedTable> moved = new ArrayList<>();
    run(
        from,
        session -> {
          requireDifferentDatabases(from, to);
          List<TableToMove> tables = tables(session);
          if (replicated) {
            new CatchUp(source).await();
          } else {
            requireRoom(compare(tables, from, to));
          }
          run(
              to,
              target -> {
                copy(replicated ? unlogged(tables) : tables, from, to);
                copyCounters(from, to);
              });
          moved.addAll(compare(tables, from, to));
        });
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

  private static List<TableToMove> unlogged(List<TableToMove> tables) {
    return tables.stream().filter(table -> !table.logged()).toList();
  }

  private void copy(List<TableToMove> tables, MoveSession from, MoveSession to)
      throws SQLException {
    if (tables.isEmpty()) {
      return;
    }
    to.execute("TRUNCATE " + names(tables));
    for (TableToMove table : tables) {
      progress.accept("%d rows of %s".formatted(copy(table, from, to), table.name()));
    }
  }

  // The lock comes before the first query, which fixes what this transaction sees.
  private List<TableToMove> tables(MoveSession from) throws SQLException {
    List<TableToMove> tables;
    try (Connection look = source.connect()) {
      tables = TableToMove.of(look, source.schema());
    }
    from.execute("LOCK TABLE " + names(tables) + " IN SHARE MODE");
    return tables;
  }

  private static void requireDifferentDatabases(MoveSession from, MoveSession to)
      throws SQLException {
    String query =
        "SELECT coalesce(inet_server_addr()::text, '') || inet_server_port() || current_database() || pg_postmaster_start_time()";
    try (Connection a = from.target().connect();
        Connection b = to.target().connect()) {
      if (text(a, query).equals(text(b, query))) {
        throw MigrationFailure.refused("that is the database where the schema is already");
      }
    }
  }

  private static List<MovedTable> compare(
      List<TableToMove> tables, MoveSession from, MoveSession to) throws SQLException {
    List<MovedTable> compared = new ArrayList<>();
    for (TableToMove table : tables) {
      compared.add(
          new MovedTable(
              table.name(), table.content(from.connection()), table.content(to.connection())));
    }
    return compared;
  }

  private static long copy(TableToMove table, MoveSession from, MoveSession to)
      throws SQLException {
    // Triggers have done their work when the row was stored first; an owner may switch off its own.
    to.execute("ALTER TABLE %s DISABLE TRIGGER USER".formatted(table.qualified()));
    CopyManager reader = from.connection().unwrap(PGConnection.class).getCopyAPI();
    CopyManager writer = to.connection().unwrap(PGConnection.class).getCopyAPI();
    CopyOut out =
        reader.copyOut(
            "COPY (SELECT %s FROM %s) TO STDOUT".formatted(table.columns(), table.qualified()));
    CopyIn in =
        writer.copyIn("COPY %s (%s) FROM STDIN".formatted(table.qualified(), table.columns()));
    for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
      in.writeToCopy(row, 0, row.length);
    }
    long rows = in.endCopy();
    to.execute("ALTER TABLE %s ENABLE TRIGGER USER".formatted(table.qualified()));
    return rows;
  }

  // As they are, not the highest id: a number that was given once is never given again.
  private void copyCounters(MoveSession from, MoveSession to) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var statement = from.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT format('%%I.%%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname = '%s'"
                    .formatted(source.schema()))) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    for (String name : names) {
      String value = text(from.connection(), "SELECT last_value || ', ' || is_called FROM " + name);
      to.execute("SELECT setval('%s', %s)".formatted(name, value));
    }
  }

  private void finish(MoveSession from) throws SQLException {
    if (closeSource) {
      for (String role : servingRoles(from)) {
        from.execute("REVOKE ALL ON SCHEMA %s FROM %s".formatted(source.schema(), role));
      }
    }
    from.commit();
  }

  private List<String> servingRoles(MoveSession from) throws SQLException {
    List<String> roles = new ArrayList<>();
    try (var statement = from.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT DISTINCT quote_ident(r.rolname)
                FROM pg_namespace n, aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
                WHERE n.nspname = '%s' AND a.grantee <> n.nspowner AND r.rolname LIKE '%%\\_app'
                """
                    .formatted(source.schema()))) {
      while (row.next()) {
        roles.add(row.getString(1));
      }
    }
    return roles;
  }

  private static String names(List<TableToMove> tables) {
    return tables.stream().map(TableToMove::qualified).collect(Collectors.joining(", "));
  }

  static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private interface Work {
    void run(MoveSession session) throws SQLException;
  }

  private static void run(MoveSession session, Work work) {
    try {
      work.run(session);
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, session.target());
    }
  }
}
