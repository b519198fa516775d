package io.a2g.common.migrate.schemas;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.schemas.CreateSchemas.Options;
import io.a2g.common.testkit.database.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A database under test and the logins to it.
 *
 * @param superuser its URL, with a superuser's credentials
 * @param passwords login role → password
 */
record Database(DatabaseUrl superuser, Map<String, String> passwords) {

  private static final String PERMISSION_DENIED = "42501";

  /** A new database with schemas and roles. */
  static Database on(TestDatabase server) {
    var options = new Options(server.create("schemas"), server.rolesFile(), false);
    return new Database(options.url(), CreateSchemas.create(options, line -> {}));
  }

  DatabaseUrl as(String role) {
    return superuser.withCredentials(role, passwords.get(role));
  }

  void execute(DatabaseUrl login, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> rows(DatabaseUrl login, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (result.next()) {
        rows.add(Objects.requireNonNullElse(result.getString(1), ""));
      }
      return rows;
    }
  }

  String text(DatabaseUrl login, String sql) throws SQLException {
    return rows(login, sql).getFirst();
  }

  void assertDenied(DatabaseUrl login, String sql) {
    assertThatExceptionOfType(SQLException.class)
        .as(sql)
        .isThrownBy(() -> execute(login, sql))
        .extracting(SQLException::getSQLState)
        .isEqualTo(PERMISSION_DENIED);
  }
}
