package io.a2g.common.testkit;

import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.http.Api;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A service on a database of a test's own. */
public record RunningService(ConfigurableApplicationContext context) implements AutoCloseable {

  /**
   * Starts it and waits until it is ready.
   *
   * @param application the class with its main method
   * @param arguments settings, such as {@code --EMBEDDING_DIMENSION=3}
   */
  public static RunningService start(
      Class<?> application, MigratedDatabase database, String... arguments) {
    String[] all =
        Stream.of(
                Stream.of("--server.port=0"),
                database.properties(ServiceUnderTest.schema()).entrySet().stream()
                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toArray(String[]::new);
    var service = new RunningService(new SpringApplication(application).run(all));
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.api().get("/actuator/health/readiness").status() == 200);
      return service;
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
  }

  /** The service without a credential. */
  public Api api() {
    var server = ((WebServerApplicationContext) context).getWebServer();
    int port = Objects.requireNonNull(server).getPort();
    return new Api(URI.create("http://127.0.0.1:" + port), null);
  }

  @Override
  public void close() {
    context.close();
  }
}
