package io.a2g.agent;

import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.topology.PlatformSchema;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The service on a database of a test's own. */
public record RunningService(ConfigurableApplicationContext context) implements AutoCloseable {

  /** Starts it and waits until it is ready. */
  public static RunningService on(MigratedDatabase database, String... arguments) {
    String[] all =
        Stream.of(
                Stream.of("--server.port=0"),
                database.properties(PlatformSchema.of("agents")).entrySet().stream()
                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toArray(String[]::new);
    var service = new RunningService(new SpringApplication(AgentServiceApplication.class).run(all));
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
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    return new Api(URI.create("http://127.0.0.1:" + port), null);
  }

  @Override
  public void close() {
    context.close();
  }
}
