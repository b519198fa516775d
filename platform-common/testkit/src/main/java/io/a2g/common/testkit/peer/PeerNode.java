package io.a2g.common.testkit.peer;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A running service of one schema with everything that platform-common brings and no feature of its
 * own: enough for all that services ask of each other.
 */
public final class PeerNode implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private PeerNode(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts a node and waits until it is ready.
   *
   * @param settings beyond the defaults; name → value
   */
  public static PeerNode start(
      PlatformSchema schema, MigratedDatabase database, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.application.name=" + schema.serviceName());
    arguments.add("--server.port=0");
    arguments.add("--MIGRATION_MODE=off");
    database.properties(schema).forEach((name, value) -> arguments.add("--" + name + "=" + value));
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    var application = new SpringApplication(Application.class);
    var node = new PeerNode(application.run(arguments.toArray(String[]::new)));
    node.awaitReady();
    return node;
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(FixedCredential.class)
  static class Application {

    @Bean
    static ServiceIdentity serviceIdentity(Environment environment) {
      return ServiceIdentity.of(
          environment.getRequiredProperty("spring.application.name"), List.of());
    }
  }

  /** Its address. */
  public URI uri() {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  /** One of its beans. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** SQL as the service. */
  public JdbcClient sql() {
    return bean(JdbcClient.class);
  }

  /** Runs something in a transaction of the service. */
  public <T> T inTransaction(Supplier<T> action) {
    return new TransactionTemplate(bean(PlatformTransactionManager.class))
        .execute(status -> action.get());
  }

  @Override
  public void close() {
    context.close();
  }

  private void awaitReady() {
    SchemaReadiness migrations = bean(SchemaReadiness.class);
    try {
      while (!migrations.isReady()) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
