package io.a2g.common.migrate.history;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes migrations back, the one applied last first, each in one transaction under Flyway's lock.
 * Structure comes back, data does not: a dropped column returns empty.
 */
public final class Downgrade {

  private final Target target;
  private final Progress progress;
  private final KnownStates states;

  /**
   * For one target.
   *
   * @param states asked for what the log does not say about a version
   */
  public Downgrade(Target target, Progress progress, KnownStates states) {
    this.target = target;
    this.progress = progress;
    this.states = states;
  }

  /**
   * What was undone.
   *
   * @param versions in the order in which they were undone
   * @param current the version on top now; null: nothing is applied
   */
  public record Result(List<String> versions, @Nullable String current) {}

  /**
   * The versions that would be undone, first one first.
   *
   * @param goal {@code -N}, a version that shall be on top afterwards, or {@code base}
   */
  public List<String> plan(String goal) {
    return target.on(connection -> {
      HistoryTable history = new HistoryTable(connection, target.schema());
      return history.exists() ? versions(history.live(), goal) : List.of();
    });
  }

  /**
   * Undoes. What was undone before a refusal stays undone, and the hold stands at the version
   * reached.
   */
  public Result run(String goal, UndoOptions options) {
    List<String> undone = new ArrayList<>();
    String current = "0";
    for (String version : plan(goal)) {
      current = new Undo(target, options, progress, states).run(version);
      undone.add(version);
    }
    return new Result(undone, current.equals("0") ? null : current);
  }

  private List<String> versions(List<HistoryTable.Row> live, String goal) {
    List<HistoryTable.Row> newestFirst = live.reversed();
    int possible = (int) newestFirst.stream().takeWhile(row -> !row.isBaseline()).count();
    int count =
        goal.equals("base")
            ? possible
            : goal.matches("-[1-9][0-9]{0,3}")
                ? Integer.parseInt(goal.substring(1))
                : above(newestFirst, goal);
    if (count > possible) {
      throw MigrationFailure.refused(
          "only %d migrations can be undone here; the baseline is reached before %s"
              .formatted(possible, goal));
    }
    return newestFirst.stream().limit(count).map(row -> String.valueOf(row.version())).toList();
  }

  private int above(List<HistoryTable.Row> newestFirst, String goal) {
    String wanted = Versions.normal(goal);
    for (int i = 0; i < newestFirst.size(); i++) {
      if (wanted.equals(newestFirst.get(i).version())) {
        return i;
      }
    }
    if (Versions.script(target.files(), wanted).isEmpty()) {
      throw new MigrationFailure(
          ExitCode.USAGE, "there is no version %s; history shows all of them".formatted(goal));
    }
    throw MigrationFailure.refused(
        "%s is not applied, so nothing can be taken back to it; history shows what is"
            .formatted(goal));
  }
}
