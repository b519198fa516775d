package io.a2g.common.migrate.history;

import io.a2g.common.migrate.Checksum;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files and history compared without Flyway, whose start costs a second of processor time. It
 * answers only the plain case: versioned files, the lowest of them applied, unchanged and in order,
 * and repeatable ones. Anything else is empty, and Flyway is asked.
 *
 * @param applied the rows of the history in force, oldest first
 * @param pending versions of the files that are not applied, lowest first
 * @param repeatables files that changed since they were applied, or never were
 */
record FastStatus(List<HistoryTable.Row> applied, List<String> pending, List<String> repeatables) {

  private static final Pattern VERSIONED = Pattern.compile("V([0-9._]+)__(.+)\\.sql");
  private static final String CONF = ".conf";

  /** A versioned file. */
  record File(String script, String version, String description) {}

  static Optional<FastStatus> at(Target target) {
    return target.on(connection -> at(connection, target));
  }

  static Optional<FastStatus> at(Connection connection, Target target) throws SQLException {
    List<File> files = files(target.files());
    var history = new HistoryTable(connection, target.schema());
    List<HistoryTable.Row> rows = history.exists() ? history.rows() : List.of();
    List<HistoryTable.Row> applied = HistoryTable.live(rows);
    if (files.isEmpty()
        || applied.size() > files.size()
        || rows.stream().anyMatch(row -> !row.success())) {
      return Optional.empty();
    }
    for (int i = 0; i < applied.size(); i++) {
      if (!isUnchanged(applied.get(i), files.get(i), target.files())) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new FastStatus(
            applied,
            files.subList(applied.size(), files.size()).stream().map(File::version).toList(),
            target.files().repeatables().stream()
                .filter(name -> !isCurrent(name, rows, target.files()))
                .toList()));
  }

  boolean isComplete() {
    return pending.isEmpty() && repeatables.isEmpty();
  }

  /** How many pending files a hold lets through; without one, all. */
  int pendingBelow(Optional<Hold> hold) {
    if (hold.isEmpty()) {
      return pending.size() + repeatables.size();
    }
    return (int)
        pending.stream()
            .filter(version -> Versions.compare(version, hold.get().version()) <= 0)
            .count();
  }

  SchemaVersion toSchemaVersion() {
    HistoryTable.Row top = applied.isEmpty() ? null : applied.getLast();
    return new SchemaVersion(
        top == null ? null : top.version(),
        top == null ? null : top.description(),
        pending.size() + repeatables.size(),
        0,
        0);
  }

  /** The versioned files, lowest first; none when there is something that only Flyway knows. */
  static List<File> files(MigrationFiles source) {
    List<File> files = new ArrayList<>();
    for (String name : source.names(MigrationFiles.MIGRATION)) {
      Optional<File> file = parse(name);
      if (file.isPresent()) {
        files.add(file.get());
      } else if (!AfterMigrateScripts.isOne(name)
          && !MigrationFiles.isRepeatable(name)
          && !isConfOfVersioned(name)) {
        return List.of();
      }
    }
    files.sort(Comparator.comparing(File::version, Versions::compare));
    long versions = files.stream().map(File::version).distinct().count();
    return versions == files.size() ? files : List.of();
  }

  private static boolean isConfOfVersioned(String name) {
    return name.endsWith(CONF)
        && parse(name.substring(0, name.length() - CONF.length())).isPresent();
  }

  private static Optional<File> parse(String name) {
    Matcher matcher = VERSIONED.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new File(name, Versions.normal(matcher.group(1)), matcher.group(2).replace('_', ' ')))
        : Optional.empty();
  }

  // The newest row counts: applied with this text, or taken back.
  private static boolean isCurrent(
      String name, List<HistoryTable.Row> rows, MigrationFiles source) {
    return rows.stream()
        .filter(row -> row.version() == null && row.script().equals(name))
        .reduce((a, b) -> b)
        .filter(row -> row.type().equals("SQL"))
        .filter(row ->
            Objects.equals(row.checksum(), source.migration(name).map(Checksum::of).orElse(null)))
        .isPresent();
  }

  private static boolean isUnchanged(HistoryTable.Row row, File file, MigrationFiles source) {
    return row.type().equals("SQL")
        && file.version().equals(row.version())
        && file.description().equals(row.description())
        && file.script().equals(row.script())
        && Objects.equals(
            row.checksum(), source.migration(file.script()).map(Checksum::of).orElse(null));
  }
}
