package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server that {@code TEST_DATABASE_URL} names, with a superuser's credentials. */
final class GivenServer {

  private GivenServer() {}

  static Optional<TestServer> find() {
    String given = System.getenv("TEST_DATABASE_URL");
    if (given == null || given.isBlank()) {
      return Optional.empty();
    }
    DatabaseUrl url = DatabaseUrl.parse(given);
    var server = new TestServer("TEST_DATABASE_URL, " + url.display(), url, true);
    var named =
        new TestServer(
            "PostgreSQL %s of TEST_DATABASE_URL (%s)".formatted(server.version(), url.display()),
            url,
            true);
    prepareRoles(named);
    return Optional.of(named);
  }

  /**
   * Roles belong to the server, and several test runs may share it: so their passwords are the same
   * in every run, derived from the superuser's URL. Roles with other passwords belong to somebody's
   * platform and stay untouched.
   */
  private static void prepareRoles(TestServer server) {
    writeRolesFile(server);
    String role = PlatformSchema.USERS.appRole();
    try (Connection connection =
        TestServer.connect(server.superuser().withCredentials(role, password(server, role)))) {
      connection.isValid(1);
    } catch (SQLException e) {
      if (exists(server, role) && String.valueOf(e.getSQLState()).startsWith("28P")) {
        throw new IllegalStateException(
            "The server of TEST_DATABASE_URL already has the platform's roles, with passwords that are not of tests."
                + " Tests would change them; give a server that is kept for tests.",
            e);
      }
    }
  }

  private static boolean exists(TestServer server, String role) {
    try (Connection connection = server.connect();
        var statement = connection.prepareStatement("SELECT FROM pg_roles WHERE rolname = ?")) {
      statement.setString(1, role);
      return statement.executeQuery().next();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot look for roles on the test server", e);
    }
  }

  private static void writeRolesFile(TestServer server) {
    String lines =
        Stream.of(PlatformSchema.values())
            .flatMap(schema -> Stream.of(schema.appRole(), schema.migratorRole()))
            .map(role -> role.toUpperCase(Locale.ROOT) + "_PASSWORD=" + password(server, role))
            .collect(Collectors.joining("\n", "", "\n"));
    Path file = server.rolesFile();
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String password(TestServer server, String role) {
    String seed = server.superuser().uri() + " " + role;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
