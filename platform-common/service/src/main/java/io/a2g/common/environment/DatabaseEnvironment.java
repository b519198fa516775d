package io.a2g.common.environment;

import io.a2g.common.database.DatabaseSettings;
import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Translates the platform's database settings ({@link DatabaseSettings}) into Spring's, and adds
 * below everything else the port that is registered for the service ({@code
 * spring.application.name}) and the defaults that all services share.
 */
public class DatabaseEnvironment implements EnvironmentPostProcessor {

  private static final String DEFAULTS = "platform-defaults.yml";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> settings = new HashMap<>();
    DatabaseSettings database = new DatabaseSettings(environment::getProperty);
    put(settings, database.serving());
    PlatformSchema schema =
        PlatformSchema.ofService(environment.getRequiredProperty("spring.application.name"));
    requireOwn(schema.schemaName(), environment);
    settings.put("server.port", schema.port());
    environment.getPropertySources().addLast(new MapPropertySource("a2g-service", settings));
    addDefaults(environment);
  }

  private static void put(Map<String, Object> settings, DatabaseUrl url) {
    settings.put("spring.datasource.url", url.jdbcUrl());
    if (url.user() != null) {
      settings.put("spring.datasource.username", url.user());
    }
    if (url.password() != null) {
      settings.put("spring.datasource.password", url.password());
    }
  }

  /**
   * A schema's name is part of what other services call (users.pin_user), so DB_SCHEMA can only
   * confirm it.
   */
  private static void requireOwn(String own, ConfigurableEnvironment environment) {
    String asked = environment.getProperty("DB_SCHEMA", own);
    if (!asked.equals(own)) {
      throw new IllegalStateException(
          "DB_SCHEMA is '%s', but this service owns the schema '%s'; unset DB_SCHEMA or correct it."
              .formatted(asked, own));
    }
  }

  private static void addDefaults(ConfigurableEnvironment environment) {
    try {
      new YamlPropertySourceLoader()
          .load("a2g-defaults", new ClassPathResource(DEFAULTS))
          .forEach(environment.getPropertySources()::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
