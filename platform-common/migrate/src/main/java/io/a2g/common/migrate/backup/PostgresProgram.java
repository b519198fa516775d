package io.a2g.common.migrate.backup;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A client program of PostgreSQL on this machine, such as pg_dump.
 *
 * @param path the program
 * @param version as it says, such as {@code 15.20}
 */
record PostgresProgram(Path path, String version) {

  /** Folders whose children are named after versions, with a bin folder in each. */
  private static final List<String> FOLDERS_OF_VERSIONS =
      List.of("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt");

  private static final Pattern VERSIONED =
      Pattern.compile("(\\d+|pgsql-\\d+|postgresql@?\\d+|libpq)");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

  /** The major version, which decides what it can read. */
  int major() {
    return Integer.parseInt(version.split("\\D", 2)[0]);
  }

  /**
   * The oldest one that is new enough: a newer pg_restore may send settings that an older server
   * does not know.
   *
   * @param environment PG_BIN, the only folder to look in when set, and PATH
   * @param major of the server, or of what wrote the file
   * @throws MigrationFailure when there is none; the message says which is needed
   */
  static PostgresProgram find(String name, int major, Map<String, String> environment) {
    List<PostgresProgram> found =
        folders(environment)
            .map(folder -> folder.resolve(name))
            .filter(Files::isExecutable)
            .flatMap(program -> versionOf(program).stream())
            .toList();
    return found.stream()
        .filter(program -> program.major() >= major)
        .min(Comparator.comparingInt(PostgresProgram::major))
        .orElseThrow(() -> MigrationFailure.refused(missing(name, major, found)));
  }

  private static String missing(String name, int major, List<PostgresProgram> found) {
    String here =
        found.stream()
            .max(Comparator.comparingInt(PostgresProgram::major))
            .map(newest ->
                "the newest one here is %s (%s)".formatted(newest.version(), newest.path()))
            .orElse("there is none here");
    return "%s %d or newer is needed for this server, and %s: install the package postgresql-client-%d, or set PG_BIN to its folder"
        .formatted(name, major, here, major);
  }

  private static Stream<Path> folders(Map<String, String> environment) {
    String given = environment.getOrDefault("PG_BIN", "");
    if (!given.isBlank()) {
      return Stream.of(Path.of(given));
    }
    // PATH last: what is there on Debian is a wrapper that chooses a version by itself.
    Stream<Path> path =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of);
    return Stream.concat(
        FOLDERS_OF_VERSIONS.stream().map(Path::of).flatMap(PostgresProgram::versioned), path);
  }

  private static Stream<Path> versioned(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> VERSIONED.matcher(child.getFileName().toString()).matches())
          .map(child -> child.resolve("bin"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Optional<PostgresProgram> versionOf(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      var matcher = VERSION.matcher(text(process));
      return matcher.find()
          ? Optional.of(new PostgresProgram(program, matcher.group(1)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Runs it without a database; the answer is what it printed. */
  String run(List<String> arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs it against a database; it never asks for a password. */
  String run(DatabaseUrl database, List<String> arguments) {
    var all = new ArrayList<String>(List.of("--no-password"));
    all.addAll(arguments);
    return run(LibpqEnvironment.of(database), all);
  }

  private String run(Map<String, String> variables, List<String> arguments) {
    var command = new ArrayList<String>(List.of(path.toString()));
    command.addAll(arguments);
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      LibpqEnvironment.replaceIn(builder.environment(), variables);
      Process process = builder.start();
      // Ctrl-C and kill end it too.
      var stop = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        String output = text(process);
        if (process.waitFor() != 0) {
          throw failure(output);
        }
        return output;
      } finally {
        Runtime.getRuntime().removeShutdownHook(stop);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.FAILED, path.getFileName() + " was interrupted", e);
    }
  }

  private MigrationFailure failure(String output) {
    String line = DatabaseFailures.oneLine(new IOException(output.strip()));
    String said = "%s failed (%s)".formatted(path.getFileName(), line);
    if (output.contains("lock timeout")) {
      return new MigrationFailure(
          ExitCode.LOCK_BUSY, said + ": a table is being changed; run it again later");
    }
    if (output.contains("permission denied")) {
      return new MigrationFailure(
          ExitCode.NO_RIGHT, said + ": use the migrator's credentials in MIGRATION_DATABASE_URL");
    }
    return new MigrationFailure(ExitCode.FAILED, said);
  }

  private static String text(Process process) throws IOException {
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
