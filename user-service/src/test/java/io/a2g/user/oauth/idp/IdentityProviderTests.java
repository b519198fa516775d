package io.a2g.user.oauth.idp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.a2g.user.oauth.IssuerProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the provider is asked what it is. */
class IdentityProviderTests {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile int status = 200;
  private volatile String tokenEndpoint = "/token";
  private volatile String subjectTypes = "[\"public\"]";
  private Instant now = Instant.parse("2026-12-01T00:00:00Z");

  private HttpServer server;
  private String issuer;
  private IdentityProvider provider;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/.well-known/openid-configuration",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = metadata().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    provider =
        new IdentityProvider(
            new IdentityProviderProperties(
                issuer,
                "",
                "a2g",
                "",
                List.of("openid"),
                new IdentityProviderProperties.Claims("", "", "", "", "", "", ""),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5)),
            new IssuerProperties(URI.create("http://127.0.0.1:8001")),
            new TestClock());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void isAskedAgainAfterAnHour() {
    assertThat(tokenEndpointNow()).endsWith("/token");
    tokenEndpoint = "/moved";

    now = now.plus(Duration.ofMinutes(59));
    assertThat(tokenEndpointNow()).endsWith("/token");
    assertThat(asked).hasValue(1);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(tokenEndpointNow()).endsWith("/moved");
  }

  @Test
  void whatItSaidIsUsedWhileItCannotBeAsked() {
    provider.known();
    status = 503;
    now = now.plus(Duration.ofHours(1));

    assertThat(tokenEndpointNow()).endsWith("/token");
    provider.known();

    assertThat(asked).as("the last asking is not repeated at once").hasValue(2);
  }

  @Test
  void failureIsNotRepeatedByEveryRequest() {
    status = 503;
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(IdentityProviderUnavailable.class)
          .isThrownBy(() -> provider.known());
    }
    assertThat(asked).hasValue(1);

    status = 200;
    now = now.plus(Duration.ofSeconds(5));

    assertThat(tokenEndpointNow()).endsWith("/token");
  }

  @Test
  void metadataThatMakeNoProviderAreAFailureOfTheProvider() {
    subjectTypes = "[]";

    assertThatExceptionOfType(IdentityProviderUnavailable.class)
        .isThrownBy(() -> provider.known())
        .withMessageContaining("metadata");
  }

  private String tokenEndpointNow() {
    return provider.known().registration().getProviderDetails().getTokenUri();
  }

  private String metadata() {
    return """
    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s%2$s",
     "jwks_uri": "%1$s/jwks", "response_types_supported": ["code"],
     "subject_types_supported": %3$s, "id_token_signing_alg_values_supported": ["RS256"]}
    """
        .formatted(issuer, tokenEndpoint, subjectTypes);
  }

  private final class TestClock extends Clock {

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
