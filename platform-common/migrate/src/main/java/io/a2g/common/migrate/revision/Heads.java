package io.a2g.common.migrate.revision;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Where the one line of versions ends, and which files do not stand in it.
 *
 * @param newest the files of the highest version; more than one is a clash
 * @param equal files that share their version with another one, whose turn it is to move
 * @param late files below the version that the schema is at, which Flyway will not apply
 * @param applied the names of the files that are in the history
 */
public record Heads(
    List<VersionedFile> newest,
    List<VersionedFile> equal,
    List<VersionedFile> late,
    Set<String> applied) {

  /** Compares the files with the history, which need not exist. */
  public static Heads find(Target target) {
    return of(target.files(), history(target));
  }

  static Heads of(MigrationFiles files, Map<String, MigrationVersion> history) {
    List<VersionedFile> all = VersionedFile.all(files);
    MigrationVersion top =
        history.values().stream().max(MigrationVersion::compareTo).orElse(MigrationVersion.EMPTY);
    MigrationVersion newest = all.isEmpty() ? MigrationVersion.EMPTY : all.getLast().version();
    var kept = new HashSet<MigrationVersion>(history.values());
    var equal =
        all.stream()
            .filter(file -> !history.containsKey(file.name()))
            // The first of two keeps its version, unless the history has the other one.
            .filter(file -> !kept.add(file.version()) && isShared(file, all))
            .toList();
    var late =
        all.stream()
            .filter(file -> !history.containsKey(file.name()) && !equal.contains(file))
            .filter(file -> file.version().compareTo(top) < 0)
            .toList();
    return new Heads(
        all.stream().filter(file -> file.version().equals(newest)).toList(),
        equal,
        late,
        Set.copyOf(history.keySet()));
  }

  private static boolean isShared(VersionedFile file, List<VersionedFile> all) {
    return all.stream().filter(other -> other.version().equals(file.version())).count() > 1;
  }

  // Not by Flyway, which refuses to look at files of equal versions.
  private static Map<String, MigrationVersion> history(Target target) {
    String table = target.schema() + "." + FlywaySetup.HISTORY;
    return target.on(connection -> {
      var versions = new HashMap<String, MigrationVersion>();
      Sql sql = new Sql(connection);
      if (sql.text("SELECT to_regclass(?)::text", table) == null) {
        return versions;
      }
      for (Row row :
          sql.list(
              "SELECT version, script, type FROM %s WHERE version IS NOT NULL ORDER BY installed_rank"
                  .formatted(table),
              row ->
                  new Row(
                      MigrationVersion.fromVersion(row.getString(1)),
                      row.getString(2),
                      row.getString(3).equals("DELETE")))) {
        if (row.undone()) {
          versions.values().removeIf(row.version()::equals);
        } else {
          versions.put(row.script(), row.version());
        }
      }
      return versions;
    });
  }

  private record Row(MigrationVersion version, String script, boolean undone) {}
}
