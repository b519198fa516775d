package io.a2g.common.migrate.log;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The migration log: writes and reads {@code migration_audit}. */
public final class MigrationLog {

  private MigrationLog() {}

  /** Appends an entry in the connection's transaction. */
  public static void append(Connection connection, String schema, LogEntry entry)
      throws SQLException {
    new Sql(connection).execute(insert(schema, entry));
  }

  /** The statement that appends an entry. */
  public static String insert(String schema, LogEntry entry) {
    return """
    INSERT INTO %s.migration_audit (action, version, script, checksum, undo_checksum, undo_text,
        fingerprint_before, fingerprint_after, duration_ms, actor, reason, detail)
      VALUES (%s);
    """
        .formatted(
            schema,
            Stream.of(
                    entry.action().name(),
                    entry.version(),
                    entry.script(),
                    entry.checksum(),
                    entry.undoChecksum(),
                    entry.undoText(),
                    entry.fingerprintBefore(),
                    entry.fingerprintAfter(),
                    entry.durationMillis(),
                    entry.actor(),
                    entry.reason(),
                    entry.detail())
                .map(Sql::literal)
                .collect(Collectors.joining(", ")));
  }

  /**
   * What was stored when a version was last applied.
   *
   * @param undoChecksum null when there was no undo file
   * @param fingerprintBefore null when it was not taken
   * @param fingerprintAfter null when it was not taken
   */
  public record Applied(
      @Nullable Integer undoChecksum,
      @Nullable String undoText,
      @Nullable String fingerprintBefore,
      @Nullable String fingerprintAfter) {}

  /** The last application of a version; empty when it was applied without the tool. */
  public static Optional<Applied> lastApplied(Connection connection, String schema, String version)
      throws SQLException {
    if (!ControlTables.exist(connection, schema)) {
      return Optional.empty();
    }
    return new Sql(connection)
        .first(
            "SELECT undo_checksum, undo_text, fingerprint_before, fingerprint_after FROM "
                + schema
                + ".migration_audit WHERE action IN ('APPLIED', 'ADOPTED') AND version = ? ORDER BY id DESC LIMIT 1",
            row ->
                new Applied(
                    (Integer) row.getObject(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4)),
            version);
  }

  /**
   * An order to apply, to stamp or to undo.
   *
   * @param key what it was about, see {@link #key}
   */
  public record Order(String key, String actor) {

    /** The same for every order of one kind about one version, or about one repeatable file. */
    public static String key(boolean undo, @Nullable String version, @Nullable String script) {
      return (undo ? "down " : "up ") + (version == null ? script : version);
    }
  }

  /** All orders, oldest first; none when the schema has no log. */
  public static List<Order> orders(Connection connection, String schema) throws SQLException {
    if (!ControlTables.exist(connection, schema)) {
      return List.of();
    }
    return new Sql(connection)
        .list(
            "SELECT action = 'UNDONE', version, script, actor FROM "
                + schema
                + ".migration_audit WHERE action IN ('APPLIED', 'ADOPTED', 'STAMPED', 'UNDONE') ORDER BY id",
            row ->
                new Order(
                    Order.key(row.getBoolean(1), row.getString(2), row.getString(3)),
                    row.getString(4)));
  }
}
