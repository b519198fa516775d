package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The migration tool of every service, each in a process of its own: entities, files and library
 * versions are those of that service's jar.
 *
 * @param jars where {@code <service>.jar} is, or {@code <service>/target/<service>.jar}
 * @param checkout whose migration files are used; null: those in the jars
 * @param url the database of a schema, with the user who migrates it; a secret
 * @param environment added to that of this process
 */
record ServiceTools(
    Path jars,
    @Nullable Path checkout,
    Function<PlatformSchema, String> url,
    Map<String, String> environment) {

  /** Commands that take no --sources. */
  private static final Set<String> WITHOUT_FILES =
      Set.of("help", CreateSchemasCommand.NAME, "generate-completion");

  /** What a command wrote to standard output, and its exit code. */
  record Outcome(int code, String out) {}

  /** Runs a command whose answer goes where that of this process goes; returns its exit code. */
  int run(PlatformSchema schema, List<String> command) {
    return start(schema, command, Redirect.INHERIT).code();
  }

  /** Runs a command and keeps its answer. */
  Outcome ask(PlatformSchema schema, List<String> command) {
    return start(schema, command, Redirect.PIPE);
  }

  private Outcome start(PlatformSchema schema, List<String> command, Redirect out) {
    var builder = new ProcessBuilder(commandLine(schema, command));
    builder.redirectInput(Redirect.INHERIT).redirectOutput(out).redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    // Everybody can read a command line, but not the environment.
    builder.environment().put("MIGRATION_DATABASE_URL", url.apply(schema));
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), said);
    } catch (IOException e) {
      throw new MigrationFailure(
          ExitCode.INTERNAL, "cannot start the tool of " + schema.serviceName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.INTERNAL, "interrupted", e);
    }
  }

  private List<String> commandLine(PlatformSchema schema, List<String> command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-jar"));
    line.add(jar(schema.serviceName()).toString());
    line.add("migrate");
    line.addAll(command);
    String name = command.getFirst();
    if (checkout != null && !name.startsWith("-") && !WITHOUT_FILES.contains(name)) {
      Path files = checkout.resolve(schema.serviceName()).resolve("src/main/resources/db");
      line.addAll(List.of("--sources", files.toString()));
    }
    return line;
  }

  // A link is followed: an unpacked jar finds its libraries beside the file itself.
  private Path jar(String service) {
    String file = service + ".jar";
    try {
      return Stream.of(jars.resolve(file), jars.resolve(service).resolve("target").resolve(file))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> MigrationFailure.refused("there is no %s in %s".formatted(file, jars)))
          .toRealPath();
    } catch (IOException e) {
      throw new MigrationFailure(ExitCode.INTERNAL, "cannot read " + file, e);
    }
  }
}
