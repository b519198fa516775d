package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A running server.
 *
 * @param description what is printed as the choice
 * @param superuser the maintenance database and a superuser
 * @param shared whether others use the server too, so that what tests leave there must be removed
 */
record TestServer(String description, DatabaseUrl superuser, boolean shared) {

  /**
   * A server that goes away with this JVM.
   *
   * @param description with %s where the version belongs
   */
  static TestServer own(String description, DatabaseUrl superuser) {
    String version = new TestServer("", superuser, false).version();
    return new TestServer(description.formatted(version), superuser, false);
  }

  Connection connect() throws SQLException {
    return connect(superuser);
  }

  static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
  }

  /** The version of pgvector that can be created on this server. */
  Optional<String> pgvectorVersion() {
    return query("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'");
  }

  String version() {
    return query("SELECT split_part(current_setting('server_version'), ' ', 1)").orElseThrow();
  }

  /** The passwords of the roles on this server; kept, because the roles may outlive this JVM. */
  Path rolesFile() {
    String kind = description.replaceAll("[^A-Za-z0-9]+", "-");
    return Modules.current().resolve("target/test-database").resolve(kind + ".roles");
  }

  /** A server of our own goes away with all its databases; on a shared one they are dropped. */
  void dropAtExit(String database) {
    if (shared) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> drop(database)));
    }
  }

  private void drop(String database) {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(database));
    } catch (SQLException e) {
      System.err.printf("The test database %s was not dropped: %s%n", database, e.getMessage());
    }
  }

  private Optional<String> query(String sql) {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Cannot query the test database server %s: %s"
              .formatted(superuser.display(), e.getMessage()),
          e);
    }
  }
}
