package io.a2g.systemtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.systemtest.Answer;
import io.a2g.systemtest.Attachment;
import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import io.a2g.systemtest.race.RaceState.OpenSession;
import io.a2g.systemtest.race.RaceState.Rows;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One thread of a race: sends random requests about a few rows to any instance of the services. */
final class Racer implements Runnable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Set<Integer> REFUSALS = Set.of(404, 409, 422, 503);

  private final RaceState state;
  private final RaceOutcomes outcomes;
  private final List<Platform> instances;
  private final SplittableRandom random;

  /**
   * A thread that has not begun.
   *
   * @param instances the platform by way of one set of addresses or another, for its administrator
   */
  Racer(RaceState state, RaceOutcomes outcomes, List<Platform> instances, long seed) {
    this.state = state;
    this.outcomes = outcomes;
    this.instances = instances;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void run() {
    while (state.takeOperation()) {
      operate(random.nextInt(100));
    }
  }

  private void operate(int dice) {
    if (dice < 8) {
      createUser();
    } else if (dice < 22) {
      createAgent();
    } else if (dice < 36) {
      createSession();
    } else if (dice < 43) {
      createTrace();
    } else if (dice < 52) {
      createTraceOfSession();
    } else if (dice < 62) {
      upload();
    } else if (dice < 70) {
      delete("delete user", state.users, "");
    } else if (dice < 75) {
      String heir = "?transfer_to=" + state.users.any(random);
      delete("delete user with hand-over", state.users, heir);
    } else if (dice < 83) {
      delete("delete agent", state.agents, "");
    } else if (dice < 88) {
      delete("delete session", state.sessions, "");
    } else if (dice < 90) {
      delete("delete file", state.files, "");
    } else if (dice < 93) {
      restore(state.users);
    } else if (dice < 96) {
      restore(state.agents);
    } else if (dice < 98) {
      restore(state.sessions);
    } else {
      restore(state.files);
    }
  }

  private void createUser() {
    JsonNode user = Json.object("username", "racer-" + state.number(), "role", "USER");
    Answer created = create(state.users, user);
    if (created.status() == 201) {
      long id = state.users.add(random, created);
      JsonNode wish = Json.object("user_id", id, "name", "race");
      Answer issued = post("create key", Service.USER, "/api/v1/api-keys", wish);
      if (issued.status() == 201) {
        state.keys.put(id, issued.json().path("key").asString());
      }
    }
  }

  private void createAgent() {
    JsonNode agent =
        Json.object(
            "owner_id",
            state.users.any(random),
            "name",
            "agent " + state.number(),
            "framework",
            "ADK",
            "endpoint_url",
            "http://agent.example/");
    Answer created = create(state.agents, agent);
    if (created.status() == 201) {
      String path = state.agents.path() + "/" + state.agents.add(random, created) + "/deploy";
      post("deploy agent", Service.AGENT, path, Json.object("visibility", "PUBLIC"));
    }
  }

  private void createSession() {
    long user = state.users.any(random);
    Answer created =
        create(state.sessions, Json.object("user_id", user, "agent_id", state.agents.any(random)));
    if (created.status() == 201) {
      String traceId = created.json().path("trace_id").asString();
      state.open.put(state.sessions.add(random, created), new OpenSession(user, traceId));
    }
  }

  private void createTrace() {
    String traceId = "%032x".formatted(state.number() + 1L);
    createTrace("create trace", traceId, null);
  }

  /** A session has one trace, so most of them are refused as conflicts until it was deleted. */
  private void createTraceOfSession() {
    long id = state.sessions.any(random);
    OpenSession session = state.open.get(id);
    if (session != null) {
      createTrace("create trace of session", session.traceId(), id);
    }
  }

  private void createTrace(String what, String traceId, @Nullable Long sessionId) {
    long agent = state.agents.any(random);
    JsonNode trace = Json.object("trace_id", traceId, "session_id", sessionId, "agent_id", agent);
    post(what, Service.TRACING, "/api/v1/traces", trace);
  }

  /** Half of them to a session, which must be the same user's. */
  private void upload() {
    long id = random.nextBoolean() ? state.sessions.any(random) : 0;
    OpenSession session = state.open.get(id);
    String key = state.keys.get(session == null ? state.users.any(random) : session.user());
    if (key == null) {
      return;
    }
    Long sessionId = session == null ? null : id;
    var file = new Attachment("race.txt", "text/plain", "hello".getBytes(UTF_8), sessionId);
    Answer answer =
        send("upload file", key, Service.CHAT, state.files.path(), r -> Platform.with(r, file));
    if (answer.status() == 201) {
      state.files.add(random, answer);
    }
  }

  private Answer create(Rows rows, JsonNode body) {
    return post("create " + rows.name(), rows.service(), rows.path(), body);
  }

  private void delete(String what, Rows rows, String query) {
    String path = rows.path() + "/" + rows.any(random) + query;
    send(what, null, rows.service(), path, HttpRequest.Builder::DELETE);
  }

  private void restore(Rows rows) {
    String path = rows.path() + "/" + rows.any(random) + "/restore";
    send(
        "restore " + rows.name(), null, rows.service(), path, r -> r.POST(BodyPublishers.noBody()));
  }

  private Answer post(String what, Service service, String path, JsonNode body) {
    return send(what, null, service, path, request -> Platform.with(request, body));
  }

  /**
   * Sends and counts one request.
   *
   * @param key the caller's; null: the administrator's
   */
  private Answer send(
      String what,
      @Nullable String key,
      Service service,
      String path,
      UnaryOperator<HttpRequest.Builder> made) {
    Platform any = instances.get(random.nextInt(instances.size()));
    Platform caller = key == null ? any : any.as(key);
    Answer answer = caller.send(service, path, request -> made.apply(request.timeout(TIMEOUT)));
    int status = answer.status();
    outcomes.add(what, status);
    // A deleted user cannot call, except for the seconds for which a service remembers the key.
    boolean expected =
        status / 100 == 2 || REFUSALS.contains(status) || (status == 401 && key != null);
    Failure.unless(expected, "%s: %d %s", answer.request(), status, answer.body());
    return answer;
  }
}
