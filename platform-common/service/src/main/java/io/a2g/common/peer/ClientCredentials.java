package io.a2g.common.peer;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens for this service itself, by its client credentials (RFC 6749 §4.4). A token is used
 * until shortly before it expires, so that the issuer is asked once in some minutes; when it cannot
 * be asked then, the token is used to its end.
 */
final class ClientCredentials implements ServiceCredential {

  private static final String FORM = "grant_type=client_credentials&scope=internal";
  private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(1);
  // A token is not sent when it may have expired on arrival.
  private static final Duration LAST_USE_BEFORE_END = Duration.ofSeconds(5);

  private final String clientId;
  private final String secret;
  private final HttpRequest request;
  private final PeerHttp http;
  private final JsonMapper json;
  private final Breaker breaker = new Breaker(System::nanoTime);
  // One asks while the others wait for the answer.
  private final ReentrantLock renewal = new ReentrantLock();
  private volatile @Nullable Token current;

  private record Token(String authorization, Instant end) {

    boolean lasts(Duration time, Instant now) {
      return now.plus(time).isBefore(end);
    }
  }

  /**
   * @param clientId how the issuer knows this service
   * @param secret empty: this service has none
   * @param tokenEndpoint the issuer's
   * @param answerTimeout how long it may take
   */
  ClientCredentials(
      String clientId,
      String secret,
      URI tokenEndpoint,
      PeerHttp http,
      JsonMapper json,
      Duration answerTimeout) {
    this.clientId = clientId;
    this.secret = secret;
    this.http = http;
    this.json = json;
    this.request =
        HttpRequest.newBuilder(tokenEndpoint)
            .timeout(answerTimeout)
            .header(HttpHeaders.AUTHORIZATION, basic())
            .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED_VALUE)
            .POST(BodyPublishers.ofString(FORM))
            .build();
  }

  @Override
  public boolean isPresent() {
    return !secret.isEmpty();
  }

  @Override
  public String authorization() throws CredentialUnavailable {
    Token known = current;
    if (known != null && known.lasts(RENEW_BEFORE_END, Instant.now())) {
      return known.authorization();
    }
    renewal.lock();
    try {
      return renewed().authorization();
    } finally {
      renewal.unlock();
    }
  }

  private Token renewed() throws CredentialUnavailable {
    Token known = current;
    Instant now = Instant.now();
    if (known != null && known.lasts(RENEW_BEFORE_END, now)) {
      return known;
    }
    try {
      Token asked = ask(now);
      current = asked;
      return asked;
    } catch (CredentialUnavailable e) {
      if (known != null && known.lasts(LAST_USE_BEFORE_END, now)) {
        return known;
      }
      throw e;
    }
  }

  private Token ask(Instant now) throws CredentialUnavailable {
    if (!breaker.tryPass()) {
      throw new CredentialUnavailable("the issuer of access tokens does not answer");
    }
    try {
      HttpResponse<byte[]> response = http.client().send(request, BodyHandlers.ofByteArray());
      breaker.succeeded();
      return read(response, now);
    } catch (IOException e) {
      breaker.failed();
      throw new CredentialUnavailable("the issuer of access tokens does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialUnavailable("interrupted");
    }
  }

  private Token read(HttpResponse<byte[]> response, Instant now) throws CredentialUnavailable {
    try {
      JsonNode body = json.readTree(response.body());
      if (response.statusCode() == 200) {
        return new Token(
            "Bearer " + body.required("access_token").asString(),
            now.plusSeconds(body.required("expires_in").asLong()));
      }
      throw new CredentialUnavailable(
          "the issuer refuses the client %s: %d %s"
              .formatted(clientId, response.statusCode(), body.path("error").asString("")));
    } catch (JacksonException e) {
      throw new CredentialUnavailable(
          "the token endpoint answers %d and no JSON".formatted(response.statusCode()));
    }
  }

  // Both parts are form-encoded before they are joined (RFC 6749 §2.3.1).
  private String basic() {
    String both = encode(clientId) + ":" + encode(secret);
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
