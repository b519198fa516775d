package io.a2g.common.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ClientCredentialsTests {

  private final List<String> questions = new ArrayList<>();
  private HttpServer issuer;
  private int status = 200;
  private String answer = answer("first", 300);

  @BeforeEach
  void start() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/oauth2/token",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          questions.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  @Test
  void asksOnceWhileTheTokenLasts() throws Exception {
    ClientCredentials credentials = credentials("s:e%c rét");

    assertThat(credentials.authorization()).isEqualTo("Bearer first");
    assertThat(credentials.authorization()).isEqualTo("Bearer first");

    String encoded = "chat-service:s%3Ae%25c+r%C3%A9t";
    String basic = Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.US_ASCII));
    assertThat(questions)
        .containsExactly("Basic " + basic + " grant_type=client_credentials&scope=internal");
  }

  @Test
  void renewsWhatIsAboutToExpireAndUsesItToItsEndMeanwhile() throws Exception {
    ClientCredentials credentials = credentials("secret");
    answer = answer("short", 30);
    assertThat(credentials.authorization()).isEqualTo("Bearer short");

    status = 500;
    answer = "{}";
    assertThat(credentials.authorization()).isEqualTo("Bearer short");

    status = 200;
    answer = answer("next", 300);
    assertThat(credentials.authorization()).isEqualTo("Bearer next");
  }

  @Test
  void saysWhyThereIsNone() {
    ClientCredentials credentials = credentials("not-to-be-seen");
    status = 401;
    answer = "{\"error\":\"invalid_client\"}";

    assertThatExceptionOfType(CredentialUnavailable.class)
        .isThrownBy(credentials::authorization)
        .withMessageContaining("chat-service")
        .withMessageContaining("invalid_client")
        .withMessageNotContaining("not-to-be-seen");

    answer = "<html>";
    assertThatExceptionOfType(CredentialUnavailable.class).isThrownBy(credentials::authorization);
  }

  @Test
  void leavesAnIssuerAloneThatDoesNotAnswer() {
    ClientCredentials credentials = credentials("secret");
    issuer.stop(0);

    for (int attempt = 0; attempt < 5; attempt++) {
      assertThatExceptionOfType(CredentialUnavailable.class)
          .isThrownBy(credentials::authorization)
          .withMessageContaining("ConnectException");
    }
    // From here on without trying.
    assertThatExceptionOfType(CredentialUnavailable.class)
        .isThrownBy(credentials::authorization)
        .withMessage("the issuer of access tokens does not answer");
  }

  private ClientCredentials credentials(String secret) {
    return new ClientCredentials(
        "chat-service",
        secret,
        URI.create("http://127.0.0.1:%d/oauth2/token".formatted(issuer.getAddress().getPort())),
        new PeerHttp(Duration.ofSeconds(1)),
        JsonMapper.shared(),
        Duration.ofSeconds(2));
  }

  private static String answer(String token, int seconds) {
    return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
        .formatted(token, seconds);
  }
}
