package io.a2g.common.migrate.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The migration log: writes and reads {@code migration_audit}. */
public final class MigrationLog {

  private MigrationLog() {}

  /** Appends an entry in the connection's transaction. */
  public static void append(Connection connection, String schema, LogEntry entry)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + schema
                + ".migration_audit (action, version, script, checksum, undo_checksum, undo_text,"
                + " fingerprint_before, fingerprint_after, duration_ms, actor, reason, detail)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, entry.action().name());
      insert.setString(2, entry.version());
      insert.setString(3, entry.script());
      insert.setObject(4, entry.checksum(), Types.INTEGER);
      insert.setObject(5, entry.undoChecksum(), Types.INTEGER);
      insert.setString(6, entry.undoText());
      insert.setString(7, entry.fingerprintBefore());
      insert.setString(8, entry.fingerprintAfter());
      insert.setObject(9, entry.durationMillis(), Types.BIGINT);
      insert.setString(10, entry.actor());
      insert.setString(11, entry.reason());
      insert.setString(12, entry.detail());
      insert.executeUpdate();
    }
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
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT undo_checksum, undo_text, fingerprint_before, fingerprint_after FROM "
                + schema
                + ".migration_audit WHERE action = 'APPLIED' AND version = ? ORDER BY id DESC LIMIT 1")) {
      query.setString(1, version);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Applied(
                    (Integer) row.getObject(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4)))
            : Optional.empty();
      }
    }
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

  /** All orders, oldest first. */
  public static List<Order> orders(Connection connection, String schema) throws SQLException {
    List<Order> orders = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT action = 'UNDONE', version, script, actor FROM "
                    + schema
                    + ".migration_audit WHERE action IN ('APPLIED', 'STAMPED', 'UNDONE') ORDER BY id");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        orders.add(
            new Order(
                Order.key(row.getBoolean(1), row.getString(2), row.getString(3)),
                row.getString(4)));
      }
    }
    return orders;
  }
}
