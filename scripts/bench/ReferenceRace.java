import io.a2g.common.database.DatabaseUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;

/**
 * Sixteen threads send random requests about a few users, agents, sessions, traces and files to all instances of
 * the services; then the database is searched for orphans. reference-race.sh runs it from the
 * libraries of a built service.
 *
 * <p>Environment: RACE_USERS, RACE_AGENTS, RACE_CHAT, RACE_TRACING (addresses, separated by commas),
 * RACE_KEY (an administrator's API key), RACE_DATABASE (a superuser's URL), RACE_OPERATIONS,
 * RACE_LOCK (no: orphans are expected). Argument: the file for the figures.
 */
class ReferenceRace {

  private static final int THREADS = 16;
  private static final int HOT = 6;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final RaceOutcomes outcomes = new RaceOutcomes();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private final Service users = new Service("RACE_USERS", "/api/v1/users");
  private final Service agents = new Service("RACE_AGENTS", "/api/v1/agents");
  private final Service sessions = new Service("RACE_CHAT", "/api/v1/chat-sessions");
  private final Service traces = new Service("RACE_TRACING", "/api/v1/traces");
  private final Service files = new Service("RACE_CHAT", "/api/v1/files");
  // A file is its caller's own, so users who are deleted meanwhile have to send some themselves.
  private final Map<Long, String> keys = new ConcurrentHashMap<>();
  private final Map<Long, OpenSession> open = new ConcurrentHashMap<>();

  /** What others have to know of a session: whose it is, and the trace that it can have. */
  private record OpenSession(long user, String traceId) {}

  /** One kind of row: who serves it, and the few of them that everybody works on just now. */
  private static final class Service {

    private final String[] addresses;
    private final String path;
    private final AtomicLongArray hot = new AtomicLongArray(HOT);

    Service(String variable, String path) {
      this.addresses = System.getenv(variable).split(",");
      this.path = path;
    }

    String url(SplittableRandom random) {
      return addresses[random.nextInt(addresses.length)] + path;
    }

    long any(SplittableRandom random) {
      return hot.get(random.nextInt(HOT));
    }

    void add(SplittableRandom random, long id) {
      hot.set(random.nextInt(HOT), id);
    }
  }

  public static void main(String[] arguments) throws Exception {
    var race = new ReferenceRace();
    int operations = Integer.parseInt(System.getenv("RACE_OPERATIONS"));
    Instant began = Instant.now();
    race.run(operations);
    long seconds = Duration.between(began, Instant.now()).toSeconds();
    Map<String, Long> orphans = OrphanSearch.find(DatabaseUrl.parse(System.getenv("RACE_DATABASE")));
    long total = orphans.values().stream().mapToLong(Long::longValue).sum();
    boolean locked = !"no".equals(System.getenv("RACE_LOCK"));
    race.outcomes.print();
    orphans.forEach((reference, count) -> System.out.printf("orphans of %-52s %7d%n", reference, count));
    System.out.printf(
        "%d operations in %d s, lock %s: %d orphans (wanted: %s)%n",
        operations, seconds, locked ? "in place" : "taken out", total, locked ? "0" : "some");
    race.write(Path.of(arguments[0]), operations, locked, orphans);
    race.outcomes.requireWork(operations);
    if (locked != (total == 0)) {
      System.exit(1);
    }
  }

  private void run(int operations) throws Exception {
    left.set(operations);
    List<Callable<Void>> racers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      var random = new SplittableRandom(i);
      racers.add(() -> race(random));
    }
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Void> racer : threads.invokeAll(racers)) {
        racer.get();
      }
    }
  }

  private Void race(SplittableRandom random) throws Exception {
    while (left.getAndDecrement() > 0) {
      int dice = random.nextInt(100);
      if (dice < 8) {
        createUser(random);
      } else if (dice < 22) {
        createAgent(random);
      } else if (dice < 36) {
        createSession(random);
      } else if (dice < 43) {
        create(traces, "create trace", random, "{\"trace_id\":\"%032x\",\"agent_id\":%d}".formatted(names.incrementAndGet() + 1L, agents.any(random)));
      } else if (dice < 52) {
        createTraceOfSession(random);
      } else if (dice < 62) {
        upload(random);
      } else if (dice < 70) {
        send("delete user", "DELETE", users.url(random) + "/" + users.any(random), "");
      } else if (dice < 75) {
        send("delete user with hand-over", "DELETE", users.url(random) + "/" + users.any(random) + "?transfer_to=" + users.any(random), "");
      } else if (dice < 83) {
        send("delete agent", "DELETE", agents.url(random) + "/" + agents.any(random), "");
      } else if (dice < 88) {
        send("delete session", "DELETE", sessions.url(random) + "/" + sessions.any(random), "");
      } else if (dice < 90) {
        send("delete file", "DELETE", files.url(random) + "/" + files.any(random), "");
      } else if (dice < 93) {
        send("restore user", "POST", users.url(random) + "/" + users.any(random) + "/restore", "");
      } else if (dice < 96) {
        send("restore agent", "POST", agents.url(random) + "/" + agents.any(random) + "/restore", "");
      } else if (dice < 98) {
        send("restore session", "POST", sessions.url(random) + "/" + sessions.any(random) + "/restore", "");
      } else {
        send("restore file", "POST", files.url(random) + "/" + files.any(random) + "/restore", "");
      }
    }
    return null;
  }

  private void createUser(SplittableRandom random) throws Exception {
    long id = create(users, "create user", random, "{\"username\":\"racer-%d\",\"role\":\"USER\"}".formatted(names.incrementAndGet()));
    if (id != 0) {
      String url = users.url(random).replace("/users", "/api-keys");
      HttpResponse<String> answer = send("create key", "POST", url, "{\"user_id\":%d,\"name\":\"race\"}".formatted(id));
      if (answer.statusCode() == 201) {
        keys.put(id, text(answer, "key"));
      }
    }
  }

  private void createSession(SplittableRandom random) throws Exception {
    long user = users.any(random);
    HttpResponse<String> answer =
        send("create session", "POST", sessions.url(random), "{\"user_id\":%d,\"agent_id\":%d}".formatted(user, agents.any(random)));
    if (answer.statusCode() == 201) {
      long id = idOf(answer);
      open.put(id, new OpenSession(user, text(answer, "trace_id")));
      sessions.add(random, id);
    }
  }

  /** A session has one trace, so most of them are refused as conflicts until it was deleted. */
  private void createTraceOfSession(SplittableRandom random) throws Exception {
    long id = sessions.any(random);
    OpenSession session = open.get(id);
    if (session != null) {
      send(
          "create trace of session",
          "POST",
          traces.url(random),
          "{\"trace_id\":\"%s\",\"session_id\":%d,\"agent_id\":%d}".formatted(session.traceId(), id, agents.any(random)));
    }
  }

  /** Half of them to a session, which must be the same user's. */
  private void upload(SplittableRandom random) throws Exception {
    long id = random.nextBoolean() ? sessions.any(random) : 0;
    OpenSession session = open.get(id);
    String key = keys.get(session == null ? users.any(random) : session.user());
    if (key == null) {
      return;
    }
    String part = "--part\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
    String body = part.formatted("file", "; filename=\"race.txt\"\r\nContent-Type: text/plain", "hello");
    if (session != null) {
      body += part.formatted("session_id", "", id);
    }
    HttpResponse<String> answer =
        send("upload file", "POST", files.url(random), body + "--part--\r\n", "multipart/form-data; boundary=part", key);
    if (answer.statusCode() == 201) {
      files.add(random, idOf(answer));
    }
  }

  private void createAgent(SplittableRandom random) throws Exception {
    long id =
        create(
            agents,
            "create agent",
            random,
            "{\"owner_id\":%d,\"name\":\"agent %d\",\"framework\":\"ADK\",\"endpoint_url\":\"http://agent.example/\"}"
                .formatted(users.any(random), names.incrementAndGet()));
    if (id != 0) {
      send("deploy agent", "POST", agents.url(random) + "/" + id + "/deploy", "{\"visibility\":\"PUBLIC\"}");
    }
  }

  /** Returns the new row's id, or 0 when it was refused. */
  private long create(Service service, String what, SplittableRandom random, String body) throws Exception {
    HttpResponse<String> answer = send(what, "POST", service.url(random), body);
    if (answer.statusCode() != 201) {
      return 0;
    }
    if (service == traces) {
      return 0; // nothing refers to traces, and their addresses are no numbers
    }
    long id = idOf(answer);
    service.add(random, id);
    return id;
  }

  private static long idOf(HttpResponse<String> created) {
    String location = created.headers().firstValue("Location").orElseThrow();
    return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
  }

  /** A field of an answer whose values have no quotes. */
  private static String text(HttpResponse<String> answer, String field) {
    String start = "\"%s\":\"".formatted(field);
    int from = answer.body().indexOf(start) + start.length();
    return answer.body().substring(from, answer.body().indexOf('"', from));
  }

  private HttpResponse<String> send(String what, String method, String url, String body) throws Exception {
    return send(what, method, url, body, "application/json", System.getenv("RACE_KEY"));
  }

  private HttpResponse<String> send(String what, String method, String url, String body, String type, String key)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    int status = answer.statusCode();
    outcomes.add(what, status);
    boolean expected = status / 100 == 2 || List.of(404, 409, 422, 503).contains(status);
    // Who is gone cannot call, except for the seconds for which a service remembers the key.
    expected |= status == 401 && !key.equals(System.getenv("RACE_KEY"));
    if (!expected) {
      throw new IllegalStateException("%s %s: %d %s".formatted(method, url, status, answer.body()));
    }
    return answer;
  }

  private void write(Path file, int operations, boolean locked, Map<String, Long> orphans) throws Exception {
    var json = new StringBuilder();
    json.append("{\"measured_at\":\"%s\",\"operations\":%d,\"locked\":%b,\"outcomes\":{".formatted(Instant.now(), operations, locked));
    json.append(fields(outcomes.counts())).append("},\"orphans\":{").append(fields(orphans));
    Files.writeString(file, json.append("}}\n"));
  }

  private static String fields(Map<String, Long> figures) {
    return new TreeMap<>(figures).entrySet().stream()
        .map(one -> "\"%s\":%d".formatted(one.getKey(), one.getValue()))
        .collect(Collectors.joining(","));
  }
}
