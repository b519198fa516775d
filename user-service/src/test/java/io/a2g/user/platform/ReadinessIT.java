package io.a2g.user.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.user.UserServiceApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Readiness follows the database and the migrations, and comes back by itself. */
class ReadinessIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void databaseThatGoesAwayAndComesBack() throws SQLException {
    MigratedDatabase database = TestDatabase.get().migrated("readiness");
    TestUser user = new TestUsers(database).user();
    try (var service = start(database)) {
      Api api = api(service);
      awaitReadiness(api, 200);

      administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS false", database);
      awaitReadiness(api, 503);
      api.get("/actuator/health/liveness").expect(200);
      var refused = api.as(user.key()).get("/api/v1/users/me");
      refused.expectProblem(503, "unavailable");
      assertThat(refused.header("Retry-After")).isNotNull();

      administer("ALTER DATABASE %s WITH ALLOW_CONNECTIONS true", database);
      awaitReadiness(api, 200);
      api.as(user.key()).get("/api/v1/users/me").expect(200);
    }
  }

  @Test
  void migrationThatFailsAndIsRepaired() throws SQLException, IOException {
    MigratedDatabase database = TestDatabase.get().migrated("failed_migration");
    execute(
        database,
        "DELETE FROM users.flyway_schema_history WHERE version = '%s'".formatted(newestVersion()));

    try (var service = start(database)) {
      Api api = api(service);
      awaitLiveness(api);
      awaitReadiness(api, 503);

      // What it wants to make is there already, until somebody takes it away.
      execute(database, Files.readString(newestUndo()));
      awaitReadiness(api, 200);
    }
  }

  // U20261201_1701__what_it_does.sql → 20261201.1701
  private static String newestVersion() throws IOException {
    String file = newestUndo().getFileName().toString();
    return file.substring(1, file.indexOf("__")).replace('_', '.');
  }

  private static Path newestUndo() throws IOException {
    Path undo = MigratedDatabase.resources(PlatformSchema.USERS).resolve("db/undo");
    try (var files = Files.list(undo)) {
      return files.max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  private static ConfigurableApplicationContext start(MigratedDatabase database) {
    String[] arguments =
        Stream.concat(
                Stream.of("--server.port=0"),
                database.properties(PlatformSchema.USERS).entrySet().stream()
                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue()))
            .toArray(String[]::new);
    return new SpringApplication(UserServiceApplication.class).run(arguments);
  }

  private static Api api(ConfigurableApplicationContext service) {
    int port = ((WebServerApplicationContext) service).getWebServer().getPort();
    return new Api(URI.create("http://127.0.0.1:" + port), null);
  }

  private static void awaitReadiness(Api api, int status) {
    await().atMost(PATIENCE).until(() -> api.get("/actuator/health/readiness").status() == status);
  }

  private static void awaitLiveness(Api api) {
    await().atMost(PATIENCE).until(() -> api.get("/actuator/health/liveness").status() == 200);
  }

  private static void administer(String sql, MigratedDatabase database) throws SQLException {
    String name = database.superuser().jdbcUrl().replaceAll(".*/([^?]+).*", "$1");
    try (Connection maintenance = database.connect(TestDatabase.get().superuser());
        Statement statement = maintenance.createStatement()) {
      statement.execute(sql.formatted(name));
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }
  }

  private static void execute(MigratedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
