package io.a2g.common.migrate.backup;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.testkit.database.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Assumptions;

/** Where no pg_dump fits the test server, these tests are left out, except in CI. */
public final class ClientPrograms {

  private ClientPrograms() {}

  /** Ends the test as not possible here, or as failed in CI. */
  public static void require(TestDatabase server) throws SQLException {
    var url = server.superuser();
    try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password())) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      PostgresProgram.find("pg_dump", major, System.getenv());
    } catch (MigrationFailure e) {
      String ci = System.getenv().getOrDefault("CI", "");
      if (!ci.isBlank() && !ci.equalsIgnoreCase("false")) {
        throw e;
      }
      Assumptions.abort(e.getMessage());
    }
  }
}
