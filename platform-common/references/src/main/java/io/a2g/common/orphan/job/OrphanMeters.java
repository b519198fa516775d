package io.a2g.common.orphan.job;

import io.a2g.common.migrate.orphan.OrphanFindings;
import io.a2g.common.migrate.orphan.OrphanFindings.Count;
import io.a2g.common.migrate.orphan.OrphanFindings.LastScan;
import io.a2g.common.migrate.orphan.OrphanKind;
import io.a2g.common.reference.DeclaredReferences;
import io.a2g.common.topology.Reference;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of the scan. They are read from the tables, so that every replica shows the same,
 * whichever of them scans.
 */
class OrphanMeters {

  private static final Logger log = LoggerFactory.getLogger(OrphanMeters.class);

  private final OrphanFindings findings;
  private final DeclaredReferences declared;
  private final Clock clock;
  private final Instant started;
  private final MultiGauge orphans;
  private final MultiGauge ages;

  OrphanMeters(
      MeterRegistry meters, OrphanFindings findings, DeclaredReferences declared, Clock clock) {
    this.findings = findings;
    this.declared = declared;
    this.clock = clock;
    this.started = clock.instant();
    Tags service = Tags.of("service", declared.schema().serviceName());
    this.orphans =
        MultiGauge.builder("reference.orphans")
            .description("Rows whose reference is wrong, confirmed by a second pass")
            .tags(service)
            .register(meters);
    this.ages =
        MultiGauge.builder("reference.audit.age")
            .description(
                "Since the last scan that saw every row; since the start while there is none")
            .baseUnit("seconds")
            .tags(service)
            .register(meters);
  }

  /** Reads them anew. */
  void refresh() {
    try {
      showOrphans(findings.counts());
      showAges(findings.lastScans());
    } catch (SQLException e) {
      // They stay as they were; the age goes on growing, and health says what is wrong.
      log.debug("The figures about orphans were not read", e);
    }
  }

  private record Key(String reference, OrphanKind kind) {}

  private void showOrphans(List<Count> counts) {
    Map<Key, Long> found =
        counts.stream()
            .collect(
                Collectors.toMap(
                    count -> new Key(count.reference(), count.kind()), Count::confirmed));
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Reference reference : declared.all()) {
      for (OrphanKind kind : OrphanKind.values()) {
        rows.add(
            MultiGauge.Row.of(
                Tags.of("reference", reference.name(), "kind", kind.text()),
                found.getOrDefault(new Key(reference.name(), kind), 0L)));
      }
    }
    orphans.register(rows, true);
  }

  private void showAges(List<LastScan> scans) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Reference reference : declared.all()) {
      Instant since =
          scans.stream()
              .filter(scan -> scan.reference().equals(reference.name()))
              .findFirst()
              .map(LastScan::completedAt)
              .orElse(started);
      rows.add(MultiGauge.Row.of(Tags.of("reference", reference.name()), () -> age(since)));
    }
    ages.register(rows, true);
  }

  private double age(Instant since) {
    return Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
  }
}
