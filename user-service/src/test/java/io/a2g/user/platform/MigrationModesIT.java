package io.a2g.user.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.migrate.MigratedService;
import io.a2g.common.migrate.cli.MigrateTool;
import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.user.UserServiceApplication;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: what a service does with its schema when it starts. */
class MigrationModesIT {

  private static final MigratedService SERVICE =
      new MigratedService("user-service", PlatformSchema.USERS);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        .contains("1 migrations of users@")
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
    assertThat(migrate(database, "downgrade", "20261120_0901", "--force", "--reason", "bug 7"))
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

  private static int migrate(MigratedDatabase database, String... command) {
    StringWriter err = new StringWriter();
    int code =
        MigrateTool.run(
            SERVICE,
            database.properties(PlatformSchema.USERS),
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
    Path output = Files.createTempFile(folder, "service", ".log");
    int port = freePort();
    var builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UserServiceApplication.class.getName(),
                "--server.port=" + port));
    builder.environment().putAll(database.properties(PlatformSchema.USERS));
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
