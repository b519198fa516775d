import io.a2g.common.security.ApiKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long user-service takes to answer keys it does not know, keys it has revoked, typos, and valid
 * keys that it sees for the first time: each key once, one request at a time, in random order.
 * key-timing.sh runs it.
 *
 * <p>Environment: TIMING_URL (of user-service), TIMING_KEY (an administrator's API key), TIMING_KEYS
 * (of each kind). Argument: the file for the figures.
 */
class KeyTiming {

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern KEY = Pattern.compile("\"key\":\"(a2g_[0-9A-Za-z]{36})\"");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url = System.getenv("TIMING_URL");
  private final String administrator = System.getenv("TIMING_KEY");

  enum Kind {
    UNKNOWN(401),
    REVOKED(401),
    TYPO(401),
    VALID(200);

    private final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  private record Attempt(Kind kind, String key) {}

  public static void main(String[] arguments) throws Exception {
    new KeyTiming().run(Integer.parseInt(System.getenv("TIMING_KEYS")), Path.of(arguments[0]));
  }

  private void run(int count, Path file) throws Exception {
    // As many of each kind are thrown away first, until everything is compiled.
    measure(attempts(count));
    Map<Kind, long[]> times = measure(attempts(count));
    long[] unknown = times.get(Kind.UNKNOWN);
    System.out.printf("%-9s %8s %8s %8s %10s %10s%n", "key", "p25 µs", "p50 µs", "p90 µs", "to unknown", "slower in");
    List<String> json = new ArrayList<>();
    times.forEach((kind, nanos) -> {
      double ratio = (double) quantile(nanos, 50) / quantile(unknown, 50);
      double slower = slower(nanos, unknown);
      System.out.printf("%-9s %8.0f %8.0f %8.0f %10.3f %9.1f%%%n", kind.name().toLowerCase(), quantile(nanos, 25) / 1e3,
          quantile(nanos, 50) / 1e3, quantile(nanos, 90) / 1e3, ratio, 100 * slower);
      json.add("\"%s\":{\"p50_us\":%.1f,\"p90_us\":%.1f,\"median_to_unknown\":%.4f,\"slower_than_unknown\":%.4f}"
          .formatted(kind.name().toLowerCase(), quantile(nanos, 50) / 1e3, quantile(nanos, 90) / 1e3, ratio, slower));
    });
    Files.writeString(file, "{\"measured_at\":\"%s\",\"keys\":%d,%s}\n".formatted(Instant.now(), count, String.join(",", json)));
  }

  private List<Attempt> attempts(int count) throws Exception {
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      attempts.add(new Attempt(Kind.UNKNOWN, ApiKey.generate().text()));
      String typo = ApiKey.generate().text();
      attempts.add(new Attempt(Kind.TYPO, typo.substring(0, 39) + (typo.charAt(39) == '0' ? '1' : '0')));
      attempts.add(new Attempt(Kind.VALID, issue(false)));
      attempts.add(new Attempt(Kind.REVOKED, issue(true)));
    }
    Collections.shuffle(attempts, new Random(42));
    return attempts;
  }

  private Map<Kind, long[]> measure(List<Attempt> attempts) throws Exception {
    Map<Kind, List<Long>> times = new EnumMap<>(Kind.class);
    for (Attempt attempt : attempts) {
      HttpRequest request = request("/api/v1/users/me", attempt.key()).GET().build();
      long began = System.nanoTime();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      long took = System.nanoTime() - began;
      if (answer.statusCode() != attempt.kind().status) {
        throw new IllegalStateException(attempt.kind() + " was answered " + answer.statusCode());
      }
      times.computeIfAbsent(attempt.kind(), kind -> new ArrayList<>()).add(took);
    }
    Map<Kind, long[]> sorted = new EnumMap<>(Kind.class);
    times.forEach((kind, nanos) -> sorted.put(kind, nanos.stream().mapToLong(Long::longValue).sorted().toArray()));
    return sorted;
  }

  private String issue(boolean revoked) throws Exception {
    HttpRequest made =
        request("/api/v1/api-keys", administrator)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"timing\"}"))
            .build();
    String answer = http.send(made, HttpResponse.BodyHandlers.ofString()).body();
    if (revoked) {
      http.send(
          request("/api/v1/api-keys/" + found(ID, answer), administrator).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    }
    return found(KEY, answer);
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key);
  }

  private static String found(Pattern pattern, String answer) {
    Matcher matcher = pattern.matcher(answer);
    if (!matcher.find()) {
      throw new IllegalStateException("no key was issued: " + answer);
    }
    return matcher.group(1);
  }

  private static long quantile(long[] sorted, int percent) {
    return sorted[(int) ((long) percent * (sorted.length - 1) / 100)];
  }

  // Of all pairs, in how many this one took longer: one half says that a single look tells nothing.
  private static double slower(long[] these, long[] those) {
    long wins = 0;
    for (long one : these) {
      int position = Arrays.binarySearch(those, one);
      wins += position < 0 ? -position - 1 : position;
    }
    return (double) wins / ((long) these.length * those.length);
  }
}
