package io.a2g.common.peer;

import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.trace.TraceContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the internal endpoints of one other service. Every call ends: with the answer, or after at
 * most three attempts with {@link PeerUnavailable}.
 */
public final class PeerClient {

  private static final Logger log = LoggerFactory.getLogger(PeerClient.class);

  private static final int ATTEMPTS = 3;
  // Between two attempts; random, so that callers that failed together do not come back together.
  private static final int LONGEST_PAUSE_MS = 100;

  private final PlatformSchema peer;
  private final URI base;
  private final HttpClient http;
  private final JsonMapper json;
  private final ServiceCredential credential;
  private final Duration answerTimeout;
  private final Breaker breaker = new Breaker(System::nanoTime);

  PeerClient(
      PlatformSchema peer,
      URI base,
      HttpClient http,
      JsonMapper json,
      ServiceCredential credential,
      Duration answerTimeout) {
    this.peer = peer;
    this.base = base;
    this.http = http;
    this.json = json;
    this.credential = credential;
    this.answerTimeout = answerTimeout;
  }

  /** The schema of the service that is called. */
  public PlatformSchema peer() {
    return peer;
  }

  /**
   * Posts a body and reads the answer. The call may arrive more than once, also after a later one.
   *
   * @param path such as {@code /internal/references/settle}
   * @throws PeerUnavailable when no answer came; the call may have had its effect all the same
   * @throws PeerRefused when the answer is 4xx
   */
  public <T> T post(String path, Object body, Class<T> answer) {
    HttpRequest request = request(path, authorization(path), json.writeValueAsBytes(body));
    // Two slow answers use it up; refused connections leave time for all attempts.
    long deadline = System.nanoTime() + 2 * answerTimeout.toNanos();
    String reason = "the breaker is open";
    for (int attempt = 0; attempt < ATTEMPTS && breaker.tryPass(); attempt++) {
      if (attempt > 0 && !pause(deadline)) {
        // The attempt was let pass and is not made; that says nothing new about the peer.
        break;
      }
      try {
        HttpResponse<byte[]> response = send(request, deadline);
        // A service that explains a failure is alive: a busy row is no reason to stop calling.
        breaker.succeeded();
        if (response.statusCode() < 500) {
          return read(path, response, answer);
        }
        reason = "status " + response.statusCode();
      } catch (IOException | TimeoutException e) {
        breaker.failed();
        reason = e.toString();
      }
    }
    log.warn("{} does not answer {}: {}", peer.serviceName(), path, reason);
    throw new PeerUnavailable(peer);
  }

  private String authorization(String path) {
    try {
      return credential.authorization();
    } catch (CredentialUnavailable e) {
      log.warn("{} cannot be asked for {}: {}", peer.serviceName(), path, e.getMessage());
      throw new PeerUnavailable(peer);
    }
  }

  private HttpRequest request(String path, String authorization, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .header(HttpHeaders.AUTHORIZATION, authorization)
            .header(HttpHeaders.CONTENT_TYPE, "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    TraceContext.currentTraceparent()
        .ifPresent(traceparent -> request.header("traceparent", traceparent));
    return request.build();
  }

  // The client's own time-out ends with the headers; this one covers the body too.
  private HttpResponse<byte[]> send(HttpRequest request, long deadline)
      throws IOException, TimeoutException {
    long left = Math.min(answerTimeout.toNanos(), deadline - System.nanoTime());
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private <T> T read(String path, HttpResponse<byte[]> response, Class<T> answer) {
    int status = response.statusCode();
    try {
      if (status == 200) {
        return json.readValue(response.body(), answer);
      }
      String code = json.readTree(response.body()).path("code").asString("");
      if (status != 404) {
        throw new PeerRefused(peer.serviceName(), path, status, code);
      }
      log.error(
          "{} has no {} for this service: its database knows another issuer of access tokens, or it is an older release",
          peer.serviceName(),
          path);
    } catch (JacksonException e) {
      log.error("{} answers {} with {} and no JSON of ours", peer.serviceName(), path, status);
    }
    throw new PeerUnavailable(peer);
  }

  private boolean pause(long deadline) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MS / 2, LONGEST_PAUSE_MS));
      return System.nanoTime() < deadline;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static @Nullable URI parse(String url) {
    try {
      URI uri = URI.create(url.strip());
      boolean usable =
          uri.getHost() != null
              && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      return usable ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
