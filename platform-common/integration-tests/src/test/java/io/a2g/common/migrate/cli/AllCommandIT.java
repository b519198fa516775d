package io.a2g.common.migrate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command for all services, each by its own jar. */
class AllCommandIT {

  private static final List<String> SERVICES =
      Arrays.stream(PlatformSchema.values()).map(PlatformSchema::serviceName).toList();

  @TempDir private Path folder;

  /** What the process ended with and wrote. */
  private record Outcome(int code, String out, String err) {

    List<String> states() {
      return json().path("services").valueStream().map(s -> s.path("state").asString()).toList();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  @BeforeEach
  void oneJarOfEach() throws IOException {
    for (String service : SERVICES) {
      FakeTool.jar(folder, service);
    }
  }

  @Test
  void plansAllBeforeItAppliesAny() throws IOException {
    Outcome outcome = run("--yes", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().path("ok").asBoolean()).isTrue();
    assertThat(outcome.states()).hasSameSizeAs(SERVICES).containsOnly("done");
    JsonNode first = outcome.json().path("services").path(0);
    assertThat(first.path("before").asString()).isEqualTo("1");
    assertThat(first.path("after").asString()).isEqualTo("2");
    assertThat(first.path("pending").asInt()).isEqualTo(3);
    List<String> upgrades = asked(" upgrade head");
    assertThat(upgrades.subList(0, SERVICES.size())).allMatch(line -> line.contains(" --plan"));
    assertThat(upgrades.subList(SERVICES.size(), upgrades.size()))
        .hasSameSizeAs(SERVICES)
        .noneMatch(line -> line.contains(" --plan"))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactlyElementsOf(SERVICES);
  }

  @Test
  void planThatFailsKeepsAllFromBeingApplied() throws IOException {
    failing(SERVICES.get(1) + " upgrade head --plan");

    Outcome outcome = run("--yes", "--json");

    assertThat(outcome.code()).isEqualTo(5);
    assertThat(outcome.json().path("exit_code").asInt()).isEqualTo(5);
    assertThat(outcome.states()).startsWith("not started", "plan failed", "not started");
    assertThat(outcome.err()).contains(SERVICES.get(1) + ": broken");
    assertThat(asked(" upgrade head")).hasSize(2);
  }

  @Test
  void stopsAtTheFirstFailureAndGoesOnFromThere() throws IOException {
    failing(SERVICES.get(2) + " upgrade head --lock");
    Outcome stopped = run("--yes");
    assertThat(stopped.code()).isEqualTo(5);
    assertThat(stopped.err()).contains(SERVICES.get(2) + " failed (exit code 5)", "--resume");
    assertThat(stopped.out())
        .contains("== " + SERVICES.get(2))
        .doesNotContain("== " + SERVICES.get(3))
        .containsPattern(SERVICES.get(1) + " +done +1 +2 +3 +[0-9.]+")
        .containsPattern(SERVICES.get(2) + " +failed +1 +1 +3 +[0-9.]+")
        .containsPattern(SERVICES.get(3) + " +not started +1 +- +3 +-");

    Files.delete(folder.resolve("failing"));
    Outcome resumed = run("--yes", "--resume", "--json");
    assertThat(resumed.code()).isZero();
    assertThat(resumed.states()).startsWith("at head", "at head", "done", "done");
  }

  @Test
  void appliesNothingThatIsNotConfirmed() throws IOException {
    Outcome outcome = run("--json");
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.json().path("error").asString()).contains("are pending in host:5432/a2g");
    assertThat(asked(" upgrade head")).hasSameSizeAs(SERVICES);
    assertThat(run("--plan").code()).isZero();
  }

  @Test
  void commandRunsInTheOrderOfTheRegistryAndDowngradeInReverse() throws IOException {
    Outcome current = run("current", "--json");
    assertThat(current.json().valueStream()).hasSameSizeAs(SERVICES);
    assertThat(asked(" current"))
        .containsExactlyElementsOf(SERVICES.stream().map(s -> s + " current --json").toList());

    failing(SERVICES.get(1) + " downgrade");
    Outcome downgrade = run("downgrade", "-1");
    assertThat(downgrade.code()).isEqualTo(5);
    assertThat(downgrade.err()).contains("stopped at " + SERVICES.get(1) + " (exit code 5)");
    assertThat(asked(" downgrade"))
        .containsExactlyElementsOf(
            SERVICES.subList(1, SERVICES.size()).reversed().stream()
                .map(service -> service + " downgrade -1")
                .toList());
  }

  @Test
  void eachSchemaIsMigratedByItsOwnRole() throws IOException {
    Path roles = folder.resolve("roles");
    for (PlatformSchema schema : PlatformSchema.values()) {
      Files.writeString(
          roles,
          "%s_MIGRATOR_PASSWORD=of-%s%n".formatted(schema.name(), schema.schemaName()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    assertThat(run("--roles-file", roles.toString(), "--checkout", "/src", "current").code())
        .isZero();
    assertThat(Files.readString(folder.resolve("user-service.url"), UTF_8).strip())
        .isEqualTo("postgresql://users_migrator:of-users@host:5432/a2g");
    assertThat(Files.readString(folder.resolve("chat-service.url"), UTF_8).strip())
        .isEqualTo("postgresql://chat_migrator:of-chat@other:5432/chat");
    assertThat(asked("user-service"))
        .containsExactly("user-service current --sources /src/user-service/src/main/resources/db");
  }

  private void failing(String command) throws IOException {
    Files.writeString(folder.resolve("failing"), command);
  }

  /** What the services were asked, as far as it contains a text. */
  private List<String> asked(String text) throws IOException {
    return Files.readAllLines(folder.resolve("asked"), UTF_8).stream()
        .filter(line -> line.contains(text))
        .toList();
  }

  private Outcome run(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(ToolOnDatabase.Program.class.getName(), "all", "--jars"));
    line.add(folder.toString());
    line.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "MIGRATION_DATABASE_URL", "postgresql://admin:secret@host/a2g",
                "MIGRATION_DATABASE_URL_CHAT", "postgresql://admin:secret@other/chat"));
    try {
      int code = builder.start().waitFor();
      return new Outcome(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
