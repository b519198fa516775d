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

/** The five services over HTTP, as one caller sees them. */
final class Platform {

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
  static Platform of(Settings settings) {
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    return new Platform(http, settings, "", "");
  }

  /** The same platform, for the user with this key. */
  Platform as(String key) {
    return new Platform(http, settings, key, traceparent);
  }

  /** The same caller, whose requests belong to a trace (W3C Trace Context). */
  Platform within(String traceId, String spanId) {
    return new Platform(http, settings, apiKey, "00-" + traceId + "-" + spanId + "-01");
  }

  Answer get(Settings.Service service, String path) {
    return send(service, path, request -> request.GET());
  }

  /** With an Idempotency-Key, as a client should that tries again after a lost answer. */
  Answer post(Settings.Service service, String path, Json body) {
    return post(service, path, body, UUID.randomUUID().toString());
  }

  Answer post(Settings.Service service, String path, Json body, String idempotencyKey) {
    return send(
        service,
        path,
        request ->
            request
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body.toString())));
  }

  Answer delete(Settings.Service service, String path) {
    return send(service, path, request -> request.DELETE());
  }

  Answer post(Settings.Service service, String path, Attachment file) {
    return send(
        service,
        path,
        request ->
            request
                .header("Content-Type", file.contentType())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(file.form())));
  }

  /** All rows of a list, page by page; the path may have parameters already. */
  List<Json> list(Settings.Service service, String path) {
    var rows = new ArrayList<Json>();
    String separator = path.contains("?") ? "&" : "?";
    String cursor = "";
    do {
      Json page = get(service, path + cursor).expect(200).json();
      rows.addAll(page.at("items").items());
      Json next = page.at("next_cursor");
      cursor = next.isAbsent() ? "" : separator + "cursor=" + next.text();
    } while (!cursor.isEmpty());
    return rows;
  }

  private interface Shape {
    HttpRequest.Builder of(HttpRequest.Builder request);
  }

  private Answer send(Settings.Service service, String path, Shape shape) {
    String url = settings.url(service);
    try {
      var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
      if (!apiKey.isEmpty()) {
        request.header("Authorization", "Bearer " + apiKey);
      }
      if (!traceparent.isEmpty()) {
        request.header("traceparent", traceparent);
      }
      var response = http.send(shape.of(request).build(), BodyHandlers.ofString());
      String name = service.label() + ": " + response.request().method() + " " + path;
      return new Answer(name, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new DemoFailure(
          "%s does not answer on %s (%s); start the platform with scripts/up.sh"
              .formatted(service.label(), url, reason(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new DemoFailure("the URL of %s is not readable: %s".formatted(service.label(), url), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("interrupted", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }
}
