package io.a2g.common.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.openapi.ApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls one service as one caller. Bodies are given as text, exactly as they go out, or as maps and
 * lists that become JSON. Header arguments are name, value, name, value.
 *
 * @param base e.g. {@code http://127.0.0.1:8001}
 * @param key the API key; null: none is sent
 * @param document what every answer is held against; null: nothing
 */
public record Api(URI base, @Nullable String key, @Nullable ApiDocument document) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** A service that documents nothing. */
  public Api(URI base, @Nullable String key) {
    this(base, key, null);
  }

  /** The same service as somebody else. */
  public Api as(@Nullable String otherKey) {
    return new Api(base, otherKey, document);
  }

  /** The same service, whose answers are to be what its OpenAPI document says. */
  public Api documented() {
    return new Api(base, key, ApiDocument.of(get("/v3/api-docs").expect(200).text()));
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  public Answer post(String path, Object body, String... headers) {
    return send("POST", path, json(body), headers);
  }

  public Answer put(String path, Object body, String... headers) {
    return send("PUT", path, json(body), headers);
  }

  public Answer patch(String path, Object body, String... headers) {
    return send("PATCH", path, json(body), headers);
  }

  /** Sends bytes of any media type. */
  public Answer send(String method, String path, @Nullable Body body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", body.mediaType());
      request.method(method, HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    Answer answer = exchange(request.build());
    if (document != null) {
      assertThat(
              document.faults(
                  method, path, answer.status(), answer.header("Content-Type"), answer.bytes()))
          .as("%s %s: %s", method, path, answer.text())
          .isEmpty();
    }
    return answer;
  }

  /** A JSON body: text as it is, anything else serialised. */
  public static Body json(Object body) {
    String text = body instanceof String string ? string : JSON.writeValueAsString(body);
    return new Body("application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Shorthand for a JSON object. */
  public static Map<String, Object> object(Object... pairs) {
    Map<String, Object> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static Answer exchange(HttpRequest request) {
    try {
      return new Answer(CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A body and its media type. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Body(String mediaType, byte[] bytes) {}
}
