package io.a2g.common.testkit;

import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service whose module is tested, by the name in its {@code application.yml}. */
final class ServiceUnderTest {

  private static final Pattern NAME =
      Pattern.compile("(?m)^spring\\.application\\.name:\\s*(\\S+)");

  private ServiceUnderTest() {}

  static String name() {
    try (InputStream file = ServiceUnderTest.class.getResourceAsStream("/application.yml")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      Matcher name = NAME.matcher(text);
      if (!name.find()) {
        throw new IllegalStateException("application.yml has no spring.application.name");
      }
      return name.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PlatformSchema schema() {
    return PlatformSchema.ofService(name());
  }
}
