package io.a2g.common.migrate.rehearsal;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.Difference;
import io.a2g.common.migrate.history.Downgrade;
import io.a2g.common.migrate.history.KnownStates;
import io.a2g.common.migrate.history.MigrationHeaders;
import io.a2g.common.migrate.history.Progress;
import io.a2g.common.migrate.history.Repeatables;
import io.a2g.common.migrate.history.UndoOptions;
import io.a2g.common.migrate.seed.SeedRows;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * Every migration up, down and up again, with rows in the tables of every earlier version; then all
 * of them down and up once more. By the real undo, on a shadow database.
 */
public final class Rehearsal {

  // Rows of the shadow may go with their table, and differences are told in full here.
  private static final UndoOptions ORDER =
      new UndoOptions("rehearsal", "migrate test", true, true, false, false, true);

  private final ShadowDatabase shadow;
  private final SeedRows rows;
  private final Consumer<Round> listener;
  private final List<Round> rounds = new ArrayList<>();

  private Rehearsal(ShadowDatabase shadow, Consumer<Round> listener) {
    this.shadow = shadow;
    this.rows = new SeedRows(shadow.target());
    this.listener = listener;
  }

  /** How a round ended. */
  public enum Outcome {
    /** Up, down and up again. */
    REVERSIBLE(ExitCode.OK),
    /** Only up, because the file says that there is no way back. */
    IRREVERSIBLE(ExitCode.OK),
    /** The undo leaves something behind, takes too much, or the second time up ends elsewhere. */
    DIFFERENT(ExitCode.DIFFERENT),
    /** A file fails. */
    FAILED(ExitCode.FAILED);

    private final ExitCode exitCode;

    Outcome(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    /** What a rehearsal with such a round ends with. */
    public ExitCode exitCode() {
      return exitCode;
    }
  }

  /**
   * One version, or all of them.
   *
   * @param version null: all the way down and up
   * @param description the file's, or what was done
   * @param problems what is wrong, one line each
   * @param emptyTables tables that could not be given a row before it, each with the reason
   */
  public record Round(
      @Nullable String version,
      String description,
      Outcome outcome,
      List<String> problems,
      List<String> emptyTables) {}

  /**
   * Rehearses until the first round that goes wrong, because what follows would build on it.
   *
   * @param shadow with the empty schema
   * @param listener is told each round when it is done
   * @return all rounds that were played
   */
  public static List<Round> run(ShadowDatabase shadow, Consumer<Round> listener) {
    Rehearsal rehearsal = new Rehearsal(shadow, listener);
    rehearsal.run();
    return List.copyOf(rehearsal.rounds);
  }

  private void run() {
    String base = null;
    Catalogue baseState = shadow.catalogue();
    List<String> emptyTables = List.of();
    for (MigrationInfo migration : versions()) {
      String version = migration.getVersion().getVersion();
      boolean irreversible = isIrreversible(migration);
      if (!play(migration, irreversible, emptyTables)) {
        return;
      }
      if (irreversible) {
        base = version;
        baseState = shadow.catalogue();
      }
      emptyTables = rows.fill(version);
    }
    playAll(base, baseState);
  }

  private boolean play(MigrationInfo migration, boolean irreversible, List<String> emptyTables) {
    String version = migration.getVersion().getVersion();
    List<String> problems = new ArrayList<>();
    Outcome outcome = irreversible ? Outcome.IRREVERSIBLE : Outcome.REVERSIBLE;
    try {
      if (irreversible) {
        shadow.migrate(version, true);
      } else {
        problems.addAll(upDownUp(version));
      }
      outcome = problems.isEmpty() ? outcome : Outcome.DIFFERENT;
    } catch (MigrationFailure e) {
      problems.add(String.valueOf(e.getMessage()));
      outcome = Outcome.FAILED;
    }
    return done(new Round(version, migration.getDescription(), outcome, problems, emptyTables));
  }

  private List<String> upDownUp(String version) {
    Catalogue before = shadow.catalogue();
    SortedMap<String, Long> counts = rows.counts();
    shadow.migrate(version, true);
    Catalogue after = shadow.catalogue();

    downgrade("-1");
    List<String> problems =
        new ArrayList<>(
            describe(before, shadow.catalogue(), "the schema before", "the schema after the undo"));
    problems.addAll(lostRows(counts));
    if (!problems.isEmpty()) {
      return problems;
    }

    shadow.migrate(version, true);
    problems.addAll(describe(after, shadow.catalogue(), "the first time up", "the second time up"));
    return problems;
  }

  private void playAll(@Nullable String base, Catalogue baseState) {
    List<String> problems = new ArrayList<>();
    Outcome outcome = Outcome.REVERSIBLE;
    String what = base == null ? "all the way down and up" : "down to %s and up".formatted(base);
    try {
      shadow.migrate(null, true);
      Catalogue head = shadow.catalogue();
      downgrade(base == null ? "base" : base);
      // What a repeatable file made may stay, when nothing that goes is in its way.
      MigrationFiles files = shadow.target().files();
      Catalogue down = shadow.catalogue().without(Repeatables.madeBy(files, files.repeatables()));
      problems.addAll(describe(baseState, down, "the beginning", "the way down"));
      shadow.migrate(null, true);
      problems.addAll(describe(head, shadow.catalogue(), "the way up", "the second way up"));
      outcome = problems.isEmpty() ? outcome : Outcome.DIFFERENT;
    } catch (MigrationFailure e) {
      problems.add(String.valueOf(e.getMessage()));
      outcome = Outcome.FAILED;
    }
    done(new Round(null, what, outcome, problems, List.of()));
  }

  private boolean done(Round round) {
    rounds.add(round);
    listener.accept(round);
    return round.outcome().exitCode() == ExitCode.OK;
  }

  private void downgrade(String goal) {
    new Downgrade(shadow.target(), Progress.NONE, KnownStates.NONE).run(goal, ORDER);
  }

  private List<String> lostRows(Map<String, Long> before) {
    Map<String, Long> now = rows.counts();
    return before.entrySet().stream()
        .filter(table -> !table.getValue().equals(now.get(table.getKey())))
        .map(table ->
            "%s had %d rows before and %s after the undo"
                .formatted(
                    table.getKey(),
                    table.getValue(),
                    Optional.ofNullable(now.get(table.getKey()))
                        .map(String::valueOf)
                        .orElse("no table")))
        .toList();
  }

  private static List<String> describe(Catalogue ours, Catalogue theirs, String us, String them) {
    List<Difference> differences = ours.differences(theirs);
    return differences.stream().map(difference -> difference.describe(us, them)).toList();
  }

  private List<MigrationInfo> versions() {
    return Stream.of(FlywaySetup.configure(shadow.target()).load().info().pending())
        .filter(migration -> migration.getVersion() != null)
        .toList();
  }

  private boolean isIrreversible(MigrationInfo migration) {
    return shadow
        .target()
        .files()
        .migration(migration.getScript())
        .flatMap(text -> MigrationHeaders.of(text).irreversible())
        .isPresent();
  }
}
