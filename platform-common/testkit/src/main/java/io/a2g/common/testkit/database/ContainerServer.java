package io.a2g.common.testkit.database;

import io.a2g.common.database.DatabaseUrl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL with pgvector in a container. */
final class ContainerServer {

  private static final String IMAGE = "pgvector/pgvector:pg18";

  private ContainerServer() {}

  /** Asks the engine's socket first: Testcontainers logs stack traces when there is none. */
  static Optional<TestServer> start() {
    if (!engineAnswers()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Container.start());
    } catch (RuntimeException e) {
      System.out.printf("Test database: no container of %s (%s)%n", IMAGE, firstLine(e));
      return Optional.empty();
    }
  }

  private static boolean engineAnswers() {
    return engineAddresses().anyMatch(ContainerServer::accepts);
  }

  private static Stream<SocketAddress> engineAddresses() {
    String host = System.getenv("DOCKER_HOST");
    if (host != null && host.startsWith("tcp://")) {
      URI uri = URI.create(host);
      return Stream.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    Stream<String> sockets =
        host != null && host.startsWith("unix://")
            ? Stream.of(host.substring("unix://".length()))
            : Stream.of(
                "/var/run/docker.sock",
                System.getProperty("user.home") + "/.docker/run/docker.sock",
                runtime == null ? null : runtime + "/docker.sock");
    return sockets
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::exists)
        .map(UnixDomainSocketAddress::of);
  }

  private static boolean accepts(SocketAddress address) {
    var family =
        address instanceof UnixDomainSocketAddress
            ? StandardProtocolFamily.UNIX
            : StandardProtocolFamily.INET;
    try (var channel = SocketChannel.open(family)) {
      if (family == StandardProtocolFamily.UNIX) {
        return channel.connect(address);
      }
      channel.socket().connect(address, 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /** Apart, so that Testcontainers is loaded only when an engine answers. */
  private static final class Container {

    static TestServer start() {
      // Testcontainers' own helper removes the container, also when the JVM was killed.
      @SuppressWarnings("resource")
      var container =
          new PostgreSQLContainer(
              DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"));
      container.withDatabaseName("postgres").withUsername("postgres").start();
      return new TestServer(
          "container " + IMAGE,
          DatabaseUrl.parse(container.getJdbcUrl())
              .withCredentials(container.getUsername(), container.getPassword()),
          false);
    }
  }
}
