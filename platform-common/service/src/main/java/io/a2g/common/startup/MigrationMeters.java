package io.a2g.common.startup;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Progress;
import io.a2g.common.migrate.history.Step;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Meters {@code db.migration.*} of this service, and one JSON line in the log for each migration it
 * applies.
 */
final class MigrationMeters implements Progress {

  private static final Logger log = LoggerFactory.getLogger("io.a2g.migration");

  private final MeterRegistry meters;
  private final JsonMapper mapper;
  private final Target target;
  private final Clock clock;
  private final Tags tags;
  private final MultiGauge current;
  private final MultiGauge backfills;
  private final AtomicReference<@Nullable Instant> running = new AtomicReference<>();
  private final AtomicReference<MigrationFigures> figures =
      new AtomicReference<>(MigrationFigures.UNKNOWN);

  MigrationMeters(MeterRegistry meters, JsonMapper mapper, Target target, Clock clock) {
    this.meters = meters;
    this.mapper = mapper;
    this.target = target;
    this.clock = clock;
    this.tags = Tags.of("service", target.service().name(), "schema", target.schema());
    this.current =
        MultiGauge.builder("db.migration.current.info")
            .description("1, with the version on top as a tag")
            .tags(tags)
            .register(meters);
    this.backfills =
        MultiGauge.builder("backfill.progress")
            .description("Share of the rows that a backfill has gone through, 0 to 1")
            .tags(tags)
            .register(meters);
    gauge(
        "db.migration.pending",
        "Migrations of this release that are not applied",
        figures,
        f -> f.get().pending());
    gauge(
        "db.migration.failed",
        "Migrations that failed half-way and need repair",
        figures,
        f -> f.get().failed());
    gauge(
        "db.migration.hold.seconds",
        "Age of the hold; 0: none",
        figures,
        f -> f.get().heldSeconds(clock.instant()));
    gauge(
        "db.migration.running.seconds",
        "Age of the running migration; 0: none",
        running,
        r -> seconds(r.get()));
  }

  @Override
  public void starting(Step step) {
    running.set(clock.instant());
  }

  @Override
  public void applied(Step step, long millis) {
    running.set(null);
    meters
        .timer("db.migration.duration", tags.and("outcome", "applied"))
        .record(millis, TimeUnit.MILLISECONDS);
    log(step, "applied", millis, null);
  }

  @Override
  public void waiting(int attempt, long pauseMillis, String reason) {
    running.set(null);
    meters.timer("db.migration.lock.wait", tags).record(pauseMillis, TimeUnit.MILLISECONDS);
  }

  /** The figures that were read last. */
  MigrationFigures figures() {
    return figures.get();
  }

  void show(MigrationFigures now) {
    figures.set(now);
    String version = now.version() == null ? "none" : now.version();
    current.register(List.of(MultiGauge.Row.of(Tags.of("version", version), 1)), true);
    backfills.register(
        now.backfills().stream()
            .map(backfill ->
                MultiGauge.Row.of(
                    Tags.of("backfill", backfill.name(), "state", backfill.state()),
                    backfill.progress()))
            .collect(Collectors.toList()),
        true);
  }

  void failed(String reason) {
    running.set(null);
    meters.counter("db.migration.failures", tags).increment();
    log(null, "failed", 0, reason);
  }

  private record Line(
      String event,
      String service,
      String schema,
      @Nullable String version,
      @Nullable String script,
      String outcome,
      long durationMs,
      @Nullable String reason) {}

  private void log(@Nullable Step step, String outcome, long millis, @Nullable String reason) {
    log.info(
        mapper.writeValueAsString(
            new Line(
                "db.migration",
                target.service().name(),
                target.schema(),
                step == null ? null : step.version(),
                step == null ? null : step.script(),
                outcome,
                millis,
                reason)));
  }

  private double seconds(@Nullable Instant since) {
    return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
  }

  private <T> void gauge(String name, String description, T subject, ToDoubleFunction<T> value) {
    Gauge.builder(name, subject, value).description(description).tags(tags).register(meters);
  }
}
