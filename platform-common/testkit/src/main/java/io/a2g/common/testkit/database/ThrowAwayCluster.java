package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A cluster in a temporary folder on a free loopback port.
 *
 * <p>A small shell beside the server reads from this JVM's pipe. When the JVM is gone, however it
 * went, the pipe ends, and the shell stops the server and removes the folder: a killed run leaves
 * nothing behind.
 */
final class ThrowAwayCluster {

  private static final String PASSWORD = "test";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /**
   * $1: the folder; the rest: the server's command. Ctrl-C is for Maven; the pipe tells when it is
   * over.
   */
  private static final String KEEPER =
      """
      trap '' INT TERM HUP
      folder=$1; shift
      "$@" > "$folder/log" 2>&1 < /dev/null &
      starter=$!
      while read -r _; do :; done
      read -r server _ < "$folder/data/postmaster.pid" || server=$starter
      kill -QUIT "$server"
      wait "$starter"
      rm -rf "$folder"
      """;

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=200",
          "timezone=UTC",
          "log_timezone=UTC",
          // For schemas that move while their services write.
          "wal_level=logical",
          // A test's data need not survive anything.
          "fsync=off",
          "synchronous_commit=off",
          "full_page_writes=off");

  /** The pipes, which must not be collected while the tests run. */
  private static final Set<Process> KEEPERS = ConcurrentHashMap.newKeySet();

  private static final int LAUNCH_ATTEMPTS = 3;

  private final Path bin;
  private final Path folder;
  private final ServerUser user;

  private ThrowAwayCluster(Path bin, Path folder, ServerUser user) {
    this.bin = bin;
    this.folder = folder;
    this.user = user;
  }

  /**
   * Starts a server.
   *
   * @param bin the folder of PostgreSQL's programs
   * @param initdb further arguments: the locale
   * @return the maintenance database, with the superuser's credentials
   */
  static DatabaseUrl start(Path bin, List<String> initdb) {
    try {
      // Not in target/: another user may have to run it, who may not enter the checkout.
      Path folder = Files.createTempDirectory("a2g-test-postgresql-");
      var cluster = new ThrowAwayCluster(bin, folder, ServerUser.of(bin, folder));
      cluster.initialise(initdb);
      return cluster.launch();
    } catch (IOException e) {
      throw new IllegalStateException("The PostgreSQL in %s does not start".formatted(bin), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private void initialise(List<String> arguments) throws IOException, InterruptedException {
    // Readable for the server's user; it opens nothing but this cluster, on loopback, for minutes.
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    var command = new ArrayList<>(List.of(bin.resolve("initdb").toString(), "--no-sync"));
    command.add("--pgdata=" + folder.resolve("data"));
    command.addAll(List.of("--username=postgres", "--pwfile=" + password, "--auth=scram-sha-256"));
    command.add("--encoding=UTF8");
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(user.command(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("initdb failed\n" + log());
    }
  }

  /** More than one attempt, because a free port may be taken by the time the server wants it. */
  private DatabaseUrl launch() throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return launch(freePort());
      } catch (IOException e) {
        if (attempt == LAUNCH_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private DatabaseUrl launch(int port) throws IOException, InterruptedException {
    var server = new ArrayList<>(List.of(bin.resolve("postgres").toString()));
    server.addAll(List.of("-D", folder.resolve("data").toString(), "-c", "port=" + port));
    SETTINGS.forEach(setting -> server.addAll(List.of("-c", setting)));
    var command = new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper", folder.toString()));
    command.addAll(user.command(server));
    // Not Maven's own output: it would wait until every process that has it open is gone.
    Process keeper =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var url =
        new DatabaseUrl(
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", PASSWORD);
    KEEPERS.add(keeper);
    awaitConnection(url);
    return url;
  }

  private void awaitConnection(DatabaseUrl url) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(START_TIMEOUT);
    while (true) {
      try (Connection connection = TestServer.connect(url)) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        if (Instant.now().isAfter(deadline) || log().contains("FATAL:  could not")) {
          throw new IOException("no connection: " + e.getMessage() + "\n" + log(), e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
