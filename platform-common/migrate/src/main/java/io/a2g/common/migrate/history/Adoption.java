package io.a2g.common.migrate.history;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.Checksum;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.history.ExpectedStates.State;
import io.a2g.common.migrate.log.Hold;
import io.a2g.common.migrate.log.LogEntry;
import io.a2g.common.migrate.log.LogEntry.Action;
import io.a2g.common.migrate.log.MigrationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a schema that other files or other means made onto the files that are here, when it is
 * what they make up to some version: its history then says that they were applied. The rows of the
 * old history are kept in the log. Nothing but these records changes.
 */
public final class Adoption {

  private final Target target;
  private final String actor;

  /** For one target. */
  public Adoption(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /**
   * How it went.
   *
   * @param version whose state the schema has, or is nearest to
   * @param files recorded as applied, or that would be; none when something differs
   * @param replaced how many rows of an older history went to the log, or would
   * @param differences what the files make (ours) and what is there (theirs)
   * @param alreadyDone the history is that of these files, and nothing was looked at
   */
  public record Result(
      String version,
      List<String> files,
      int replaced,
      List<Difference> differences,
      boolean alreadyDone) {

    /** Whether the history says now what is true, or would after a run. */
    public boolean isEqual() {
      return differences.isEmpty();
    }
  }

  /**
   * Compares, and adopts when nothing differs.
   *
   * @param reason why, for the log
   * @param planOnly true: changes nothing
   * @throws MigrationFailure REFUSED when a newer release migrated, or a migration is half done
   */
  public Result run(String reason, boolean planOnly) {
    return LockedSchema.on(target, connection -> run(connection, reason, planOnly));
  }

  /**
   * Whether every applied version is older than the files that are here, and none is among them.
   */
  public static boolean isDue(Target target) {
    return target.on(connection -> {
      HistoryTable history = new HistoryTable(connection, target.schema());
      List<HistoryTable.Row> live = history.exists() ? history.live() : List.of();
      List<FastStatus.File> files = FastStatus.files(target.files());
      return !live.isEmpty()
          && !files.isEmpty()
          && live.stream()
              .allMatch(row -> Versions.compare(row.version(), files.getFirst().version()) < 0);
    });
  }

  private Result run(Connection connection, String reason, boolean planOnly) throws SQLException {
    HistoryTable history = new HistoryTable(connection, target.schema());
    List<HistoryTable.Row> rows = history.exists() ? history.rows() : List.of();
    List<FastStatus.File> files = FastStatus.files(target.files());
    if (files.isEmpty()) {
      throw MigrationFailure.refused("there are no files to adopt, or lint finds fault with them");
    }
    List<HistoryTable.Row> applied = HistoryTable.live(rows);
    if (!applied.isEmpty() && isOfThese(applied, files)) {
      String top = String.valueOf(applied.getLast().version());
      return new Result(top, List.of(), 0, List.of(), true);
    }
    requireOlder(rows, applied, files);

    ExpectedStates expected = ExpectedStates.build(connection, target, files);
    Catalogue live = SchemaState.read(connection, target);
    State found = nearest(expected, live);
    List<Difference> differences = found.catalogue().differences(live);
    if (!differences.isEmpty()) {
      return new Result(found.file().version(), List.of(), 0, differences, false);
    }
    List<State> states = expected.states().subList(0, expected.states().indexOf(found) + 1);
    List<String> names = new ArrayList<>();
    states.forEach(state -> names.add(state.file().script()));
    // What they make belongs to no version: what is not as they make it now, the next upgrade
    // makes.
    List<String> repeatables =
        expected.repeated().differences(ExpectedStates.repeated(connection, target)).isEmpty()
            ? target.files().repeatables()
            : List.of();
    names.addAll(repeatables);
    int replaced = (int) rows.stream().filter(row -> !row.type().equals("SCHEMA")).count();
    if (!planOnly) {
      new Sql(connection).execute(records(connection, states, repeatables, reason));
    }
    return new Result(found.file().version(), names, replaced, List.of(), false);
  }

  private static boolean isOfThese(List<HistoryTable.Row> live, List<FastStatus.File> files) {
    Set<String> scripts = files.stream().map(FastStatus.File::script).collect(Collectors.toSet());
    return live.stream().allMatch(row -> row.isBaseline() || scripts.contains(row.script()));
  }

  private void requireOlder(
      List<HistoryTable.Row> rows, List<HistoryTable.Row> live, List<FastStatus.File> files) {
    if (rows.stream().anyMatch(row -> !row.success())) {
      throw MigrationFailure.refused("a migration failed half-way: run repair first");
    }
    live.stream()
        .filter(row -> Versions.compare(row.version(), files.getLast().version()) > 0)
        .findFirst()
        .ifPresent(row -> {
          throw MigrationFailure.refused(
              "%s is at %s, which a newer release made: run adopt from that release"
                  .formatted(target.display(), row.version()));
        });
  }

  // The lowest of equals: a file that changes rows alone is known to be applied by no catalogue.
  private static State nearest(ExpectedStates expected, Catalogue live) {
    return expected.states().stream()
        .min(Comparator.comparingInt(state -> state.catalogue().differences(live).size()))
        .orElseThrow();
  }

  private String records(
      Connection connection, List<State> applied, List<String> repeatables, String reason)
      throws SQLException {
    String schema = target.schema();
    StringBuilder sql = new StringBuilder();
    if (!new HistoryTable(connection, schema).exists()) {
      sql.append(HistoryTable.definition(schema));
    }
    sql.append(oldRows(schema, reason));
    sql.append(
        "DELETE FROM %s.%s WHERE type <> 'SCHEMA';\n".formatted(schema, FlywaySetup.HISTORY));
    String before = null;
    for (State state : applied) {
      String after = state.catalogue().fingerprint();
      FastStatus.File file = state.file();
      sql.append(record(file.version(), file.description(), file.script(), reason, before, after));
      before = after;
    }
    for (String name : repeatables) {
      String description = name.substring("R__".length(), name.length() - ".sql".length());
      sql.append(record(null, description.replace('_', ' '), name, reason, null, null));
    }
    Hold hold = Hold.read(connection, schema).orElse(null);
    if (hold != null) {
      String top = applied.getLast().file().version();
      sql.append(Hold.statements(schema, top, hold.actor(), hold.reason()));
    }
    return sql.toString();
  }

  private String oldRows(String schema, String reason) {
    return """
    INSERT INTO %1$s.migration_audit (action, version, script, checksum, duration_ms, actor, reason, detail)
      SELECT '%2$s', version, script, checksum, execution_time, %3$s, %4$s,
        format('row %%s of the old history: type %%s, by %%s, %%s', installed_rank, type, installed_by, installed_on)
      FROM %1$s.%5$s ORDER BY installed_rank;
    """
        .formatted(
            schema, Action.REPLACED, Sql.literal(actor), Sql.literal(reason), FlywaySetup.HISTORY);
  }

  private String record(
      @Nullable String version,
      String description,
      String script,
      String reason,
      @Nullable String before,
      @Nullable String after) {
    Integer checksum = target.files().migration(script).map(Checksum::of).orElse(null);
    LogEntry entry =
        LogEntry.of(Action.ADOPTED, target.files(), version, script, checksum, actor)
            .with(before, after, null, reason, null);
    return HistoryTable.insert(
            target.schema(),
            new HistoryTable.Row(0, version, description, "SQL", script, checksum, true),
            "current_user",
            0)
        + MigrationLog.insert(target.schema(), entry);
  }
}
