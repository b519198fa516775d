package io.a2g.common.migrate.lint;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.seed.SeedRows;
import io.a2g.common.migrate.sql.SqlSplitter;
import io.a2g.common.migrate.sql.SqlStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** The measured rules: every file is run on a shadow database with rows, and watched. */
final class Measurement {

  private final Target shadow;
  private final LockProbe probe;
  private final List<String> emptyTables = new ArrayList<>();
  private final Map<String, List<Finding>> findings = new LinkedHashMap<>();

  private Measurement(Target shadow) {
    this.shadow = shadow.withoutRepeatables();
    this.probe = new LockProbe(shadow.schema());
  }

  /**
   * Runs all files.
   *
   * @param shadow a shadow database with the empty schema
   */
  static Measurement run(Target shadow) {
    Measurement measurement = new Measurement(shadow);
    measurement.run();
    return measurement;
  }

  /** By the file's name. */
  Map<String, List<Finding>> findings() {
    return findings;
  }

  /** Tables that could not be given a row, each with the reason. */
  List<String> emptyTables() {
    return emptyTables;
  }

  private void run() {
    SeedRows rows = new SeedRows(shadow);
    for (MigrationInfo pending : FlywaySetup.configure(shadow).load().info().pending()) {
      if (pending.getVersion() == null) {
        continue;
      }
      if (!migrate(pending)) {
        return;
      }
      emptyTables.clear();
      emptyTables.addAll(rows.fill(pending.getVersion().getVersion()));
    }
    probe.observations().forEach(this::judge);
  }

  private boolean migrate(MigrationInfo pending) {
    try {
      FlywaySetup.configure(shadow)
          .skipDefaultCallbacks(true)
          .callbacks(probe)
          .target(pending.getVersion())
          .load()
          .migrate();
      return true;
    } catch (FlywayException e) {
      probe.observations().forEach(this::judge);
      add(
          pending.getScript(),
          1,
          Rule.MEASURED_FAILURE,
          DatabaseFailures.rootMessage(e) + "; later files were not measured");
      return false;
    }
  }

  private void judge(LockProbe.Observation seen) {
    rule(seen)
        .ifPresent(rule ->
            add(
                seen.script(),
                line(shadow.files(), seen),
                rule,
                "%s was %s under %s"
                    .formatted(
                        seen.table(),
                        seen.rewritten() ? "rewritten" : "scanned",
                        strongest(seen))));
  }

  private static Optional<Rule> rule(LockProbe.Observation seen) {
    boolean exclusive = seen.locks().contains("AccessExclusiveLock");
    if (seen.rewritten() && exclusive) {
      return Optional.of(Rule.MEASURED_REWRITE);
    }
    if (seen.scanned() && exclusive) {
      return Optional.of(Rule.MEASURED_SCAN);
    }
    if (seen.fresh().contains("ShareLock")) {
      return Optional.of(Rule.MEASURED_INDEX_LOCK);
    }
    boolean writesWait =
        seen.locks().contains("ShareRowExclusiveLock") || seen.locks().contains("ExclusiveLock");
    return seen.scanned() && writesWait ? Optional.of(Rule.MEASURED_VALIDATION) : Optional.empty();
  }

  private static String strongest(LockProbe.Observation seen) {
    return Stream.of("AccessExclusiveLock", "ExclusiveLock", "ShareRowExclusiveLock", "ShareLock")
        .filter(seen.locks()::contains)
        .findFirst()
        .orElse("a lock");
  }

  private void add(String script, int line, Rule rule, String message) {
    findings
        .computeIfAbsent(script, name -> new ArrayList<>())
        .add(new Finding(script, line, rule.id(), message, rule.recipe()));
  }

  private static int line(MigrationFiles files, LockProbe.Observation seen) {
    List<SqlStatement> statements = SqlSplitter.split(files.migration(seen.script()).orElse(""));
    return seen.statement() < statements.size() ? statements.get(seen.statement()).line() : 1;
  }
}
