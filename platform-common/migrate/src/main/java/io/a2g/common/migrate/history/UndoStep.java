package io.a2g.common.migrate.history;

import static io.a2g.common.database.Sql.literal;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.Hold;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The undo of one version as statements, all of one transaction: {@link Undo} executes them, {@link
 * OfflineSql} prints them.
 *
 * @param row of the version in the history
 * @param applied what the log says about its application; empty when it says nothing
 * @param repeatables rows of repeatable files, which are taken back too: the next run to head
 *     applies them again, whatever of theirs went with the version
 * @param left the version on top afterwards; 0 when nothing is applied then
 */
record UndoStep(
    Target target,
    UndoOptions options,
    HistoryTable.Row row,
    Optional<MigrationLog.Applied> applied,
    UndoText undo,
    List<HistoryTable.Row> repeatables,
    String left) {

  /**
   * The steps of a downgrade.
   *
   * @param versions that are on top, the newest first
   * @throws MigrationFailure REFUSED when a rule forbids the undo, or a file is missing
   */
  static List<UndoStep> of(
      Connection connection, Target target, UndoOptions options, List<String> versions)
      throws SQLException {
    List<HistoryTable.Row> rows = new HistoryTable(connection, target.schema()).rows();
    requireNoneFailed(rows);
    requireNoForeignHold(connection, target, options);
    List<HistoryTable.Row> live = HistoryTable.live(rows);
    List<HistoryTable.Row> repeatables = HistoryTable.repeatables(rows);
    List<UndoStep> steps = new ArrayList<>();
    for (String version : versions) {
      HistoryTable.Row row = requireTop(live, version);
      live.removeLast();
      Optional<MigrationLog.Applied> applied =
          MigrationLog.lastApplied(connection, target.schema(), version);
      UndoText undo = UndoText.choose(target, options, row, applied);
      String left = live.isEmpty() ? "0" : String.valueOf(live.getLast().version());
      steps.add(new UndoStep(target, options, row, applied, undo, repeatables, left));
      repeatables = List.of();
    }
    return steps;
  }

  String version() {
    return String.valueOf(row.version());
  }

  /** What has to hold at the moment when it runs. */
  List<Guard> guards() {
    List<Guard> guards = new ArrayList<>();
    guards.add(
        new Guard(
            "SELECT format('the backfill %%s is running: pause it first', name) FROM %s.migration_backfill WHERE state = 'RUNNING' LIMIT 1"
                .formatted(target.schema())));
    if (!options.force()) {
      String service = target.service().name();
      guards.add(
          new Guard(
              """
              SELECT count(*) || %s FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                  AND (usename = %s OR application_name = %s)
                HAVING count(*) > 0\
              """
                  .formatted(
                      literal(
                          " sessions of %s are connected and may need what is undone: stop it or roll its code back, then run downgrade with --force"
                              .formatted(service)),
                      literal(target.service().schema().appRole()),
                      literal(service))));
    }
    return guards;
  }

  /** The file, which is refused when it takes away what the options do not give up. */
  String statement() {
    return GuardedUndo.of(target, options, version(), undo.text());
  }

  /**
   * The rows that record it, the hold, and the declared references that are left.
   *
   * @param before fingerprint of the schema; null when not taken
   * @param after fingerprint of the schema; null when not taken
   * @param millis how long it took; null when not measured
   */
  String records(@Nullable String before, @Nullable String after, @Nullable Long millis) {
    String schema = target.schema();
    return takenBack(row, undo.name(), undo.checksum(), millis)
        + repeatables.stream()
            .map(repeatable -> takenBack(repeatable, repeatable.script(), null, null))
            .collect(Collectors.joining())
        + MigrationLog.insert(
            schema,
            new LogEntry(
                LogEntry.Action.UNDONE,
                row.version(),
                undo.name(),
                row.checksum(),
                undo.checksum(),
                undo.text(),
                before,
                after,
                millis,
                options.actor(),
                options.reason(),
                null))
        + Hold.statements(
            schema, left, options.actor(), "undo of %s: %s".formatted(version(), options.reason()))
        + ReferenceRows.sql(target.service());
  }

  private String takenBack(
      HistoryTable.Row taken, String script, @Nullable Integer checksum, @Nullable Long millis) {
    return HistoryTable.insert(
        target.schema(),
        new HistoryTable.Row(
            0, taken.version(), taken.description(), HistoryTable.DELETE, script, checksum, true),
        literal(options.actor()),
        millis == null ? 0 : millis);
  }

  private static void requireNoneFailed(List<HistoryTable.Row> rows) {
    rows.stream()
        .filter(row -> !row.success())
        .findFirst()
        .ifPresent(row -> {
          throw MigrationFailure.refused(
              "version %s failed half-way: run repair --failed %s first"
                  .formatted(row.version(), row.version()));
        });
  }

  private static void requireNoForeignHold(
      Connection connection, Target target, UndoOptions options) throws SQLException {
    Hold.read(connection, target.schema())
        .filter(hold -> !hold.actor().equals(options.actor()) && !options.force())
        .ifPresent(hold -> {
          throw MigrationFailure.refused(
              "%s holds the schema at %s since %s (%s): agree with them and release, or --force"
                  .formatted(hold.actor(), hold.version(), hold.since(), hold.reason()));
        });
  }

  private static HistoryTable.Row requireTop(List<HistoryTable.Row> live, String version) {
    if (live.isEmpty() || !version.equals(live.getLast().version())) {
      throw MigrationFailure.refused(
          "%s is no longer on top: another migration ran meanwhile; look at current and start again"
              .formatted(version));
    }
    HistoryTable.Row top = live.getLast();
    if (!top.type().equals("SQL")) {
      throw MigrationFailure.refused(
          "%s is of type %s, which has no undo file".formatted(version, top.type()));
    }
    return top;
  }
}
