package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A throw-away cluster of a PostgreSQL that is installed on this machine and has pgvector. */
final class InstalledServer {

  private static final List<Path> FOLDERS_OF_VERSIONS =
      Stream.of("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt")
          .map(Path::of)
          .toList();

  // lib/postgresql/18, pgsql-18, postgresql@18
  private static final Pattern VERSION = Pattern.compile("(?:|pgsql-|postgresql@?)(\\d+)");

  private InstalledServer() {}

  static Optional<TestServer> start() {
    return binaries().filter(InstalledServer::hasPgvector).findFirst().map(InstalledServer::start);
  }

  private static TestServer start(Path bin) {
    // The built-in C.UTF-8 came with PostgreSQL 17; Linux has one of its own.
    String locale = System.getProperty("os.name").startsWith("Linux") ? "C.UTF-8" : "C";
    DatabaseUrl url = ThrowAwayCluster.start(bin, List.of("--locale=" + locale));
    return TestServer.own("PostgreSQL %s in " + bin, url);
  }

  /** The bin folders of servers, the newest version first, the one on PATH last. */
  private static Stream<Path> binaries() {
    Stream<Path> installed =
        FOLDERS_OF_VERSIONS.stream()
            .flatMap(InstalledServer::children)
            .filter(folder -> version(folder) > 0)
            .sorted(Comparator.comparingInt(InstalledServer::version).reversed())
            .map(folder -> folder.resolve("bin"));
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of);
    return Stream.concat(installed, onPath)
        .filter(bin ->
            Stream.of("postgres", "initdb", "pg_config")
                .allMatch(program -> Files.isExecutable(bin.resolve(program))));
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return new ArrayList<>(children.toList()).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static int version(Path folder) {
    var matcher = VERSION.matcher(folder.getFileName().toString());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static boolean hasPgvector(Path bin) {
    try {
      Process process =
          new ProcessBuilder(bin.resolve("pg_config").toString(), "--sharedir")
              .redirectErrorStream(true)
              .start();
      String shared =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return Files.exists(Path.of(shared, "extension", "vector.control"));
    } catch (IOException e) {
      return false;
    }
  }
}
