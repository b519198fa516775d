package io.a2g.common.testkit;

import io.a2g.common.secret.Sha256;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.topology.PlatformSchema;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a service under test a master key, the migrated test database and its own roles; no
 * database when the test names a {@code DATABASE_URL} itself.
 */
public class TestDatabaseEnvironment implements EnvironmentPostProcessor, Ordered {

  // The same in all test runs, which may share a database; random to look at, and no secret.
  private static final Map<String, Object> SECRETS =
      Map.of(
          "A2G_MASTER_KEYS",
          "test:" + Base64.getEncoder().encodeToString(Sha256.of("the tests' master key")));

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment.getPropertySources().addLast(new MapPropertySource("test-secrets", SECRETS));
    String service = environment.getProperty("spring.application.name");
    if (service == null || environment.containsProperty("DATABASE_URL")) {
      return;
    }
    Map<String, Object> settings =
        new HashMap<>(TestDatabase.get().migrated().properties(PlatformSchema.ofService(service)));
    environment.getPropertySources().addFirst(new MapPropertySource("test-database", settings));
    // All tests call from one address, and many of them without a valid credential.
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "test-limits",
                Map.of("A2G_RATE_LIMIT_FAILURES", "0", "A2G_RATE_LIMIT_ANONYMOUS", "0")));
  }

  // After the configuration files, which name the service; before DatabaseEnvironment.
  @Override
  public int getOrder() {
    return 0;
  }
}
