package io.a2g.common.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.http.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps {@code docs/api/<service>.yaml} equal to what the service publishes. */
final class OpenApiDocument {

  private OpenApiDocument() {}

  /**
   * Fails when the checked-in document differs from the service's; writes it instead when the
   * system property {@code openapi.write} is true.
   */
  static void verify(Api api, String service) throws IOException {
    String published = api.get("/v3/api-docs.yaml").expect(200).text();
    Path file = Path.of("..", "docs", "api", service + ".yaml");
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, published);
    }
    assertThat(file).exists();
    assertThat(published)
        .as("docs/api/%s.yaml is out of date: run scripts/write-openapi.sh", service)
        .isEqualTo(Files.readString(file));
  }
}
