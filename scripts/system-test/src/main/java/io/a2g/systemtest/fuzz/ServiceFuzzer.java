package io.a2g.systemtest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.common.testkit.openapi.ApiDocument;
import io.a2g.common.testkit.openapi.ApiOperation;
import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls the operations of one service in turn until time is up. */
final class ServiceFuzzer {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int CREATED = 201;
  private static final int REFUSED = 401;
  private static final int TOO_MANY = 429;
  // Among the statuses: an answer that did not arrive.
  private static final int LOST = 0;
  private static final int LARGE = 65_536;

  private final Service service;
  private final String url;
  private final HttpClient http;
  private final ApiDocument document;
  private final Callers callers;
  private final KnownIds ids;
  private final Drafts drafts;
  private final RandomGenerator random;
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final Set<String> succeeded = new HashSet<>();
  private final Map<String, Draft> faults = new LinkedHashMap<>();

  ServiceFuzzer(
      Service service,
      String url,
      HttpClient http,
      Callers callers,
      KnownIds ids,
      RandomGenerator random) {
    this.service = service;
    this.url = url;
    this.http = http;
    this.callers = callers;
    this.ids = ids;
    this.random = random;
    Draft read = new Draft("GET", "/v3/api-docs", Map.of(), new byte[0]);
    try {
      this.document = ApiDocument.of(new String(send(read).body(), UTF_8));
    } catch (IOException | JacksonException e) {
      throw new Failure(
          "%s has no OpenAPI document at %s; start the platform with scripts/up.sh"
              .formatted(service.label(), url),
          e);
    }
    this.drafts = new Drafts(document, ids, random);
  }

  /** What came of it: faults, each with the first request that showed it. */
  Map<String, Draft> faults() {
    return faults;
  }

  /** One line for people. */
  String summary() {
    int sent = statuses.values().stream().mapToInt(Integer::intValue).sum();
    return "%s: %d requests to %d operations, %d of which did their work; answers %s"
        .formatted(service.label(), sent, document.operations().size(), succeeded.size(), statuses);
  }

  /** Goes round the operations until then, at least once. */
  void run(long endNanos) {
    List<ApiOperation> operations = document.operations();
    Failure.unless(!operations.isEmpty(), "%s documents no operation", service.label());
    do {
      operations.forEach(this::call);
    } while (System.nanoTime() < endNanos);
  }

  private void call(ApiOperation operation) {
    // An anonymous operation is called without a key: a wrong one would be refused first.
    boolean open = operation.node().has("security") && operation.node().path("security").isEmpty();
    String key = open ? "" : callers.key(random.nextInt(5) == 0 ? "USER" : "ADMIN");
    Draft draft = drafts.draft(operation);
    try {
      HttpResponse<byte[]> answer =
          answer(key.isEmpty() ? draft : draft.with("Authorization", "Bearer " + key));
      judge(operation, draft, answer);
      if (answer.statusCode() == REFUSED) {
        callers.lost(key);
      } else if (answer.statusCode() == TOO_MANY) {
        pause();
      }
    } catch (IOException e) {
      faults.putIfAbsent(operation + " gives no answer: " + e, draft);
    }
  }

  private void judge(ApiOperation operation, Draft draft, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    statuses.merge(status, 1, Integer::sum);
    if (status >= 500) {
      String text = new String(answer.body(), UTF_8);
      faults.putIfAbsent(operation + " answers " + status, draft.with("answer", text));
    }
    String type = answer.headers().firstValue("Content-Type").orElse(null);
    document
        .faults(draft.method(), draft.path(), status, type, answer.body())
        .forEach(fault -> faults.putIfAbsent(fault, draft));
    if (status < 300) {
      succeeded.add(operation.toString());
    }
    if (status == CREATED) {
      remember(operation, answer);
    }
  }

  // Its address is in Location, or it is read by its trace_id.
  private void remember(ApiOperation operation, HttpResponse<byte[]> answer) {
    answer
        .headers()
        .firstValue("Location")
        .ifPresent(location -> {
          String path = URI.create(location).getPath();
          int last = path.lastIndexOf('/');
          ids.add(path.substring(0, last), path.substring(last + 1));
        });
    JsonNode body = Json.read(new String(answer.body(), UTF_8));
    if (body.has("id") && !operation.path().contains("{")) {
      ids.add(operation.path(), body.path("id").asString());
    }
  }

  // A refusal may come while much of a body is still on its way, and be lost when the connection is
  // closed then (RFC 9112, 9.6); not every time.
  private HttpResponse<byte[]> answer(Draft draft) throws IOException {
    for (int more = draft.body().length > LARGE ? 2 : 0; more > 0; more--) {
      try {
        return send(draft);
      } catch (IOException lost) {
        statuses.merge(LOST, 1, Integer::sum);
      }
    }
    return send(draft);
  }

  private HttpResponse<byte[]> send(Draft draft) throws IOException {
    var request = HttpRequest.newBuilder(URI.create(url + draft.path())).timeout(TIMEOUT);
    draft.headers().forEach(request::header);
    request.method(
        draft.method(),
        draft.body().length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(draft.body()));
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
