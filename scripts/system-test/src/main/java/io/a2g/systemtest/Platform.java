package io.a2g.systemtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The five services over HTTP, as one caller sees them. */
public final class Platform {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final Settings settings;
  private final String apiKey;
  private final String traceparent;

  private Platform(HttpClient http, Settings settings, String apiKey, String traceparent) {
    this.http = http;
    this.settings = settings;
    this.apiKey = apiKey;
    this.traceparent = traceparent;
  }

  /** The platform without a key. */
  public static Platform of(Settings settings) {
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    return new Platform(http, settings, "", "");
  }

  /** The same platform, for the user with this key. */
  public Platform as(String key) {
    return new Platform(http, settings, key, traceparent);
  }

  /** The same caller, whose requests belong to a trace (W3C Trace Context). */
  public Platform within(String traceId, String spanId) {
    return new Platform(http, settings, apiKey, "00-" + traceId + "-" + spanId + "-01");
  }

  public Answer get(Service service, String path) {
    return send(service, path, request -> request.GET());
  }

  /** With an Idempotency-Key, as a client should that tries again after a lost answer. */
  public Answer post(Service service, String path, JsonNode body) {
    return post(service, path, body, UUID.randomUUID().toString());
  }

  public Answer post(Service service, String path, JsonNode body, String idempotencyKey) {
    return send(service, path, request -> identified(with(request, body), idempotencyKey));
  }

  public Answer post(Service service, String path, Attachment file) {
    String idempotencyKey = UUID.randomUUID().toString();
    return send(service, path, request -> identified(with(request, file), idempotencyKey));
  }

  public Answer delete(Service service, String path) {
    return send(service, path, request -> request.DELETE());
  }

  /** All rows of a list, page by page; the path may have parameters already. */
  public List<JsonNode> list(Service service, String path) {
    var rows = new ArrayList<JsonNode>();
    String separator = path.contains("?") ? "&" : "?";
    String cursor = "";
    do {
      JsonNode page = get(service, path + cursor).expect(200).json();
      rows.addAll(page.path("items").values());
      String next = page.path("next_cursor").asString();
      cursor = next.isEmpty() ? "" : separator + "cursor=" + next;
    } while (!cursor.isEmpty());
    return rows;
  }

  /** Makes the request a POST of this body. */
  public static HttpRequest.Builder with(HttpRequest.Builder request, JsonNode body) {
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  /** Makes the request a POST of this file. */
  public static HttpRequest.Builder with(HttpRequest.Builder request, Attachment file) {
    return request
        .header("Content-Type", file.contentType())
        .POST(BodyPublishers.ofByteArray(file.form()));
  }

  private static HttpRequest.Builder identified(HttpRequest.Builder request, String key) {
    return request.header("Idempotency-Key", key);
  }

  /**
   * Sends whatever request is made of one that has address, credentials and trace; throws {@link
   * Failure} when there is no answer.
   */
  public Answer send(Service service, String path, UnaryOperator<HttpRequest.Builder> made) {
    String url = settings.url(service);
    try {
      var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
      if (!apiKey.isEmpty()) {
        request.header("Authorization", "Bearer " + apiKey);
      }
      if (!traceparent.isEmpty()) {
        request.header("traceparent", traceparent);
      }
      var response = http.send(made.apply(request).build(), BodyHandlers.ofString());
      String name = service.label() + ": " + response.request().method() + " " + path;
      return new Answer(name, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new Failure(
          "%s does not answer on %s (%s); start the platform with scripts/up.sh"
              .formatted(service.label(), url, reason(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new Failure("the URL of %s is not readable: %s".formatted(service.label(), url), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }
}
