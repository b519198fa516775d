package io.a2g.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Real log output of an application as Spring Boot configures it, in lines and in JSON. */
@ExtendWith(OutputCaptureExtension.class)
class SafeLoggingTests {

  private static final Logger log = LoggerFactory.getLogger(SafeLoggingTests.class);

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @ParameterizedTest
  @ValueSource(strings = {"", "ecs", "logstash"})
  void noSecretIsWrittenWhereverItStands(String format, CapturedOutput output) {
    String key = ApiKey.generate().text();
    String jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJlLW9mLWl0";
    String url = "postgresql://users_app:hunter2hunter2@db:5432/a2g";
    try (var _ = start(format)) {
      log.warn("key {} in a message", key);
      log.warn("header Authorization: Bearer {}", jwt);
      log.warn("connecting to {} and jdbc:postgresql://db/a2g?password=hunter2hunter2&x=1", url);
      log.atWarn().addKeyValue("credential", key).log("as a pair");
      log.error("failed", new IllegalStateException("with " + key, new RuntimeException(url)));
    }

    assertThat(output.getAll())
        .contains("in a message", "a2g_***", "users_app:***@db:5432", "IllegalStateException")
        .doesNotContain(key, key.substring(4), jwt, "c2lnbmF0dXJl", "hunter2");
  }

  @Test
  void valueCannotPassForALineOfItsOwn(CapturedOutput output) {
    String forged = "2026-11-20T00:00:00Z ERROR forged";
    try (var _ = start("")) {
      log.warn("user {} is unknown", "x\r\n" + forged + "\u2028" + forged + "\u001b[31m\u202e");
      log.error("failed", new IllegalStateException("y\n" + forged));
    }

    assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith("2026-11-20T00:00:00Z"));
    assertThat(output.getAll())
        .contains("x\\r\\n" + forged + "\\u2028", "\\u001b[31m\\u202e", "y\\n" + forged);
  }

  private static ConfigurableApplicationContext start(String format) {
    var application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    return application.run(
        "--spring.application.name=user-service",
        "--DATABASE_URL=jdbc:postgresql://127.0.0.1:1/none",
        "--logging.structured.format.console=" + format);
  }
}
