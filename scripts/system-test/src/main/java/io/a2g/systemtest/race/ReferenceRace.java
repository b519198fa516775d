package io.a2g.systemtest.race;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sixteen threads send random requests about a few users, agents, sessions, traces and files to all
 * instances of the services; then the database is searched for orphans.
 *
 * <p>Environment: where the platform is, as for the demo; where second instances are, with {@code
 * SECOND_} before the same names; RACE_DATABASE (a superuser's URL), RACE_OPERATIONS, RACE_LOCK
 * (no: orphans are expected). Argument: the file for the figures. Ends with 1 when there are
 * orphans where none are wanted, or none where they are.
 */
public final class ReferenceRace {

  private static final int THREADS = 16;

  private ReferenceRace() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.ofProcess();
    int operations = settings.number("RACE_OPERATIONS", 20_000);
    boolean locked = !settings.value("RACE_LOCK").orElse("yes").equals("no");
    var outcomes = new RaceOutcomes();
    Instant began = Instant.now();
    race(settings, operations, outcomes);
    long seconds = Duration.between(began, Instant.now()).toSeconds();
    Map<String, Long> orphans =
        OrphanSearch.find(DatabaseUrl.parse(settings.required("RACE_DATABASE")));
    long total = orphans.values().stream().mapToLong(Long::longValue).sum();
    outcomes.print();
    orphans.forEach(
        (reference, count) -> System.out.printf("orphans of %-52s %7d%n", reference, count));
    System.out.printf(
        "%d operations in %d s, lock %s: %d orphans (wanted: %s)%n",
        operations, seconds, locked ? "in place" : "taken out", total, locked ? "0" : "some");
    var figures =
        Json.object(
            "measured_at", Instant.now(),
            "operations", operations,
            "locked", locked,
            "outcomes", outcomes.counts(),
            "orphans", orphans);
    Files.writeString(Path.of(arguments[0]), figures + "\n");
    outcomes.requireWork(operations);
    if (locked != (total == 0)) {
      System.exit(1);
    }
  }

  private static void race(Settings settings, int operations, RaceOutcomes outcomes)
      throws Exception {
    var state = new RaceState(operations);
    List<Platform> instances =
        List.of(
            Platform.of(settings).as(settings.adminKey()),
            Platform.of(settings.preferring("SECOND_")).as(settings.adminKey()));
    List<Future<?>> racers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        racers.add(threads.submit(new Racer(state, outcomes, instances, i)));
      }
      for (Future<?> racer : racers) {
        racer.get();
      }
    }
  }
}
