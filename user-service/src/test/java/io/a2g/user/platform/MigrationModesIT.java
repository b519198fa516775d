package io.a2g.user.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.migrate.schemas.CreateSchemas;
import io.a2g.common.testkit.database.EarlierRelease;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import io.a2g.user.UserServiceApplication;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: what a service does with its schema when it starts. */
class MigrationModesIT {

  private static final ServiceIdentity SERVICE = ServiceIdentity.of("user-service");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void verifyModeWaitsForTheSeparateStepAndEndsWhenItDoesNotCome() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("verify_mode");
    assertThat(migrate(database, "downgrade", "-1", "--force")).isZero();
    assertThat(migrate(database, "release")).isZero();

    Service hopeless = start(database, "MIGRATION_MODE", "verify", "MIGRATION_VERIFY_WAIT", "1");
    assertThat(hopeless.process().waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(hopeless.process().exitValue()).isEqualTo(2);
    assertThat(hopeless.log())
        // The version, and the two repeatable files that an undo always has applied again.
        .contains("3 migrations of users@")
        .contains("run migrate upgrade head");

    Service patient = start(database, "MIGRATION_MODE", "verify", "MIGRATION_VERIFY_WAIT", "120");
    try {
      awaitLiveness(patient);
      assertThat(patient.readiness()).isEqualTo(503);
      assertThat(migrate(database, "upgrade", "head")).isZero();
      await().atMost(PATIENCE).until(() -> patient.readiness() == 200);
    } finally {
      patient.end();
    }
  }

  @Test
  void startHonoursTheHoldOfAnUndo() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("held_start");
    // Without the table of keys, which the service cannot do without.
    assertThat(migrate(database, "downgrade", "20261201_0810", "--force", "--reason", "bug 7"))
        .isZero();

    Service service = start(database);
    try {
      awaitLiveness(service);
      await().atMost(PATIENCE).until(() -> service.log().contains("will try again"));
      assertThat(service.readiness()).isEqualTo(503);
      assertThat(migrate(database, "current", "--check-heads")).isEqualTo(2);

      assertThat(migrate(database, "release")).isZero();
      await().atMost(PATIENCE).until(() -> service.readiness() == 200);
      assertThat(migrate(database, "current", "--check-heads")).isZero();
      assertThat(service.log()).contains("\"outcome\":\"applied\"");
    } finally {
      service.end();
    }
  }

  @Test
  void startAdoptsADatabaseOfTheReleaseBeforeAndKeepsItsRows() throws Exception {
    MigratedDatabase database = EarlierRelease.restore("adopted_start");

    Service service = start(database);
    try {
      awaitLiveness(service);
      await().atMost(PATIENCE).until(() -> service.readiness() == 200);
      assertThat(service.log()).contains("is proven equal to 20261201.0813");
      assertThat(migrate(database, "current", "--check-heads")).isZero();
      assertThat(migrate(database, "drift")).isZero();
      try (Connection connection = database.connect();
          var row = connection.createStatement().executeQuery("SELECT count(*) FROM users.users")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(3);
      }
    } finally {
      service.end();
    }
  }

  @Test
  void offModeLooksAtNothing() throws Exception {
    MigratedDatabase database = TestDatabase.get().migrated("off_mode");
    try (Connection connection = database.connect()) {
      // Complete but not recorded: whoever looks sees a pending migration that cannot be applied.
      connection
          .createStatement()
          .execute(
              """
              DELETE FROM users.flyway_schema_history WHERE installed_rank =
                (SELECT max(installed_rank) FROM users.flyway_schema_history WHERE version IS NOT NULL)
              """);
    }
    Service service = start(database, "MIGRATION_MODE", "off");
    try {
      awaitLiveness(service);
      await().atMost(PATIENCE).until(() -> service.readiness() == 200);
      assertThat(service.log()).contains("Migrations are switched off");
      assertThat(migrate(database, "current", "--check-heads")).isEqualTo(2);
    } finally {
      service.end();
    }
  }

  @Test
  void replicasStartingAtOnceOnAnEmptyDatabaseMigrateOnceAndAllBecomeReady() throws Exception {
    Map<String, String> empty = emptyDatabase();
    List<Service> replicas = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        replicas.add(start(empty));
      }
      for (Service replica : replicas) {
        awaitLiveness(replica);
        await().atMost(PATIENCE).until(() -> replica.readiness() == 200);
        assertThat(replica.log()).doesNotContain("Schema is not complete");
      }
      // Each version has one row and one audit entry, so nobody did it a second time.
      try (Connection connection = connect(empty.get("MIGRATION_DATABASE_URL"));
          var row =
              connection
                  .createStatement()
                  .executeQuery(
                      """
                      SELECT count(*), count(DISTINCT version), (SELECT count(*)
                        FROM users.flyway_schema_history WHERE version IS NOT NULL AND success)
                      FROM users.migration_audit WHERE action = 'APPLIED' AND version IS NOT NULL
                      """)) {
        row.next();
        assertThat(row.getInt(1)).isPositive().isEqualTo(row.getInt(2)).isEqualTo(row.getInt(3));
      }
    } finally {
      for (Service replica : replicas) {
        replica.end();
      }
    }
  }

  // Schemas and roles, and no table in them.
  private static Map<String, String> emptyDatabase() {
    DatabaseUrl url = TestDatabase.get().create("replicas");
    var options = new CreateSchemas.Options(url, TestDatabase.get().rolesFile(), false);
    Map<String, String> passwords = CreateSchemas.create(options, line -> {});
    String app = PlatformSchema.USERS.appRole();
    String migrator = PlatformSchema.USERS.migratorRole();
    return Map.of(
        "DATABASE_URL", url.withCredentials(app, passwords.get(app)).uri(),
        "MIGRATION_DATABASE_URL", url.withCredentials(migrator, passwords.get(migrator)).uri());
  }

  private static Connection connect(String uri) throws SQLException {
    DatabaseUrl url = DatabaseUrl.parse(uri);
    return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
  }

  private static int migrate(MigratedDatabase database, String... command) {
    // The template was migrated without the tool: what an undo compares with is found on a shadow.
    Map<String, String> environment = new HashMap<>(database.properties(PlatformSchema.USERS));
    environment.put("MIGRATION_SHADOW_URL", database.superuser().uri());
    StringWriter err = new StringWriter();
    int code =
        MigrateTool.run(
            SERVICE,
            environment,
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            command);
    System.out.print(err);
    return code;
  }

  private record Service(Process process, int port, Path output) {

    int readiness() {
      return new Api(URI.create("http://127.0.0.1:" + port), null)
          .get("/actuator/health/readiness")
          .status();
    }

    String log() throws IOException {
      return Files.readString(output);
    }

    void end() throws InterruptedException {
      process.destroy();
      process.waitFor(60, TimeUnit.SECONDS);
    }
  }

  private Service start(MigratedDatabase database, String... environment) throws Exception {
    return start(database.properties(PlatformSchema.USERS), environment);
  }

  private Service start(Map<String, String> database, String... environment) throws Exception {
    Path output = Files.createTempFile(folder, "service", ".log");
    int port = freePort();
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it ends soon after its start
                "-cp",
                System.getProperty("java.class.path"),
                UserServiceApplication.class.getName(),
                "--server.port=" + port));
    builder.environment().putAll(database);
    for (int i = 0; i < environment.length; i += 2) {
      builder.environment().put(environment[i], environment[i + 1]);
    }
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Service(builder.start(), port, output);
  }

  private static void awaitLiveness(Service service) {
    Api api = new Api(URI.create("http://127.0.0.1:" + service.port()), null);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> api.get("/actuator/health/liveness").status() == 200);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
