package io.a2g.common.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Just enough JDBC for code that runs without Spring: statements with parameters, and queries read
 * row by row. Works on a connection that it does not close.
 *
 * <p>A parameter is whatever the driver's {@code setObject} takes, or an array of strings or longs.
 */
public final class Sql {

  private final Connection connection;

  /** On this connection. */
  public Sql(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface Row<T extends @Nullable Object> {

    /** The value of the row that the result stands on. */
    T read(ResultSet row) throws SQLException;
  }

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {

    /** Does it; the connection stays open. */
    T on(Connection connection) throws SQLException;
  }

  /** Runs statements as they are; several may be separated by semicolons. */
  public void execute(String statements) throws SQLException {
    try (var jdbc = connection.createStatement()) {
      jdbc.execute(statements);
    }
  }

  /** Like {@link #execute}, but a refusal leaves the transaction usable. */
  public void executeOrRollBack(String statement) throws SQLException {
    var savepoint = connection.setSavepoint();
    try {
      execute(statement);
      connection.releaseSavepoint(savepoint);
    } catch (SQLException e) {
      connection.rollback(savepoint);
      throw e;
    }
  }

  /**
   * Does work in one transaction: a failure takes all of it back. Auto-commit is on before and
   * after.
   */
  public <T extends @Nullable Object> T transaction(Work<T> work) throws SQLException {
    return transaction(true, work);
  }

  /** Does work in one transaction and takes it back, whatever came of it. */
  public <T extends @Nullable Object> T rolledBack(Work<T> work) throws SQLException {
    return transaction(false, work);
  }

  private <T extends @Nullable Object> T transaction(boolean keep, Work<T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    boolean commit = false;
    try {
      T result = work.on(connection);
      commit = keep;
      return result;
    } finally {
      end(commit);
    }
  }

  private void end(boolean commit) throws SQLException {
    try {
      if (commit) {
        connection.commit();
      } else {
        connection.rollback();
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Runs one statement; how many rows it changed, 0 for a query. */
  public int update(String statement, @Nullable Object... parameters) throws SQLException {
    try (var jdbc = prepare(statement, parameters)) {
      return jdbc.execute() ? 0 : jdbc.getUpdateCount();
    }
  }

  /** All rows of a query. Without parameters, a question mark in it is PostgreSQL's operator. */
  public <T extends @Nullable Object> List<T> list(
      String query, Row<T> row, @Nullable Object... parameters) throws SQLException {
    try (Statement jdbc =
            parameters.length == 0 ? connection.createStatement() : prepare(query, parameters);
        ResultSet result =
            jdbc instanceof PreparedStatement prepared
                ? prepared.executeQuery()
                : jdbc.executeQuery(query)) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    }
  }

  /** The first row of a query; empty when there is none. */
  public <T> Optional<T> first(String query, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    return list(query, row, parameters).stream().findFirst();
  }

  /** The first column of all rows, as text. */
  public List<String> texts(String query, @Nullable Object... parameters) throws SQLException {
    return list(query, row -> row.getString(1), parameters);
  }

  /** The first column of the first row, as text; null when there is no row or the value is null. */
  public @Nullable String text(String query, @Nullable Object... parameters) throws SQLException {
    List<@Nullable String> rows = list(query, row -> row.getString(1), parameters);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /** The number that a query answers with; 0 when there is no row or the value is null. */
  public long number(String query, @Nullable Object... parameters) throws SQLException {
    return first(query, row -> row.getLong(1), parameters).orElse(0L);
  }

  /** Whether a query, which answers with one boolean, says true; no row means false. */
  public boolean isTrue(String query, @Nullable Object... parameters) throws SQLException {
    return first(query, row -> row.getBoolean(1), parameters).orElse(false);
  }

  /** A moment in a row; null when the column is. */
  public static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** An identifier in quotes. */
  public static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /**
   * A text or number as a literal, whatever the session's settings; the keyword {@code NULL} for
   * null.
   */
  public static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Number number -> number.toString();
      default -> {
        String text = value.toString().replace("'", "''");
        yield text.contains("\\") ? "E'" + text.replace("\\", "\\\\") + "'" : "'" + text + "'";
      }
    };
  }

  private PreparedStatement prepare(String statement, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement jdbc = connection.prepareStatement(statement);
    try {
      for (int i = 0; i < parameters.length; i++) {
        jdbc.setObject(i + 1, value(parameters[i]));
      }
      return jdbc;
    } catch (SQLException e) {
      jdbc.close();
      throw e;
    }
  }

  private @Nullable Object value(@Nullable Object parameter) throws SQLException {
    return switch (parameter) {
      case String[] texts -> connection.createArrayOf("text", texts);
      case Long[] numbers -> connection.createArrayOf("bigint", numbers);
      case null, default -> parameter;
    };
  }
}
