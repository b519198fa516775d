package io.a2g.systemtest.bench;

import io.a2g.common.security.ApiKey;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import io.a2g.systemtest.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * How long user-service takes to answer keys it does not know, keys it has revoked, typos, and
 * valid keys that it sees for the first time: each key once, one request at a time, in random
 * order.
 *
 * <p>Environment: where the platform is and the administrator's key, as for the demo; TIMING_KEYS
 * (of each kind). Argument: the file for the figures.
 */
public final class KeyTiming {

  private static final String KEYS = "/api/v1/api-keys";

  private final Platform anyone;
  private final Platform admin;

  private KeyTiming(Settings settings) {
    this.anyone = Platform.of(settings);
    this.admin = anyone.as(settings.adminKey());
  }

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

  public static void main(String[] arguments) throws IOException {
    Settings settings = Settings.ofProcess();
    int count = settings.number("TIMING_KEYS", 1_000);
    Files.writeString(Path.of(arguments[0]), new KeyTiming(settings).run(count) + "\n");
  }

  /** Prints a table, and returns the figures. */
  private JsonNode run(int count) {
    // As many of each kind are thrown away first, until everything is compiled.
    measure(attempts(count));
    Map<Kind, long[]> times = measure(attempts(count));
    long[] unknown = times.getOrDefault(Kind.UNKNOWN, new long[0]);
    System.out.printf(
        "%-9s %8s %8s %8s %10s %10s%n",
        "key", "p25 µs", "p50 µs", "p90 µs", "to unknown", "slower in");
    var figures = new LinkedHashMap<String, Object>();
    figures.put("measured_at", Instant.now());
    figures.put("keys", count);
    times.forEach((kind, nanos) -> {
      String name = kind.name().toLowerCase(Locale.ROOT);
      double ratio = quantile(nanos, 50) / quantile(unknown, 50);
      double slower = slower(nanos, unknown);
      System.out.printf(
          "%-9s %8.0f %8.0f %8.0f %10.3f %9.1f%%%n",
          name, quantile(nanos, 25), quantile(nanos, 50), quantile(nanos, 90), ratio, 100 * slower);
      figures.put(
          name,
          Json.object(
              "p50_us",
              quantile(nanos, 50),
              "p90_us",
              quantile(nanos, 90),
              "median_to_unknown",
              ratio,
              "slower_than_unknown",
              slower));
    });
    return Json.of(figures);
  }

  private List<Attempt> attempts(int count) {
    List<Attempt> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      attempts.add(new Attempt(Kind.UNKNOWN, ApiKey.generate().text()));
      String typo = ApiKey.generate().text();
      attempts.add(
          new Attempt(Kind.TYPO, typo.substring(0, 39) + (typo.charAt(39) == '0' ? '1' : '0')));
      attempts.add(new Attempt(Kind.VALID, issue(false)));
      attempts.add(new Attempt(Kind.REVOKED, issue(true)));
    }
    Collections.shuffle(attempts, new Random(42));
    return attempts;
  }

  private Map<Kind, long[]> measure(List<Attempt> attempts) {
    Map<Kind, List<Long>> times = new EnumMap<>(Kind.class);
    for (Attempt attempt : attempts) {
      Platform caller = anyone.as(attempt.key());
      long began = System.nanoTime();
      var answer = caller.get(Service.USER, "/api/v1/users/me");
      long took = System.nanoTime() - began;
      answer.expect(attempt.kind().status);
      times.computeIfAbsent(attempt.kind(), kind -> new ArrayList<>()).add(took);
    }
    Map<Kind, long[]> sorted = new EnumMap<>(Kind.class);
    times.forEach((kind, nanos) ->
        sorted.put(kind, nanos.stream().mapToLong(Long::longValue).sorted().toArray()));
    return sorted;
  }

  private String issue(boolean revoked) {
    JsonNode issued =
        admin.post(Service.USER, KEYS, Json.object("name", "timing")).expect(201).json();
    if (revoked) {
      admin.delete(Service.USER, KEYS + "/" + issued.path("id").asLong()).expect(204);
    }
    return issued.path("key").asString();
  }

  /** In µs. */
  private static double quantile(long[] sorted, int percent) {
    return sorted[(int) ((long) percent * (sorted.length - 1) / 100)] / 1e3;
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
