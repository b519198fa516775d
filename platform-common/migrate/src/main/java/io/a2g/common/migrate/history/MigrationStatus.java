package io.a2g.common.migrate.history;

import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/**
 * Files and history side by side, as Flyway sees them. A snapshot: another session may migrate a
 * moment later.
 */
public final class MigrationStatus {

  private final List<Step> steps;

  private MigrationStatus(List<Step> steps) {
    this.steps = steps;
  }

  /**
   * Reads the files and the history table, which need not exist.
   *
   * @throws MigrationFailure when the database or a file cannot be read
   */
  public static MigrationStatus read(Target target) {
    try {
      return new MigrationStatus(
          Stream.of(FlywaySetup.configure(target).load().info().all())
              // Flyway shows those that take a repeatable file back, and no others.
              .filter(migration -> !migration.getType().name().equals(HistoryTable.DELETE))
              .map(Step::of)
              .toList());
    } catch (FlywayException e) {
      throw FlywayFailures.explain(e, target);
    }
  }

  /** Every migration, in the order in which they were or will be applied. */
  public List<Step> steps() {
    return steps;
  }

  /** Not applied yet, lowest version first; late ones, which Flyway refuses, are not among them. */
  public List<Step> pending() {
    return steps.stream().filter(step -> step.state() == MigrationState.PENDING).toList();
  }

  /** Not applied although a higher version is: merged late, see {@code renumber}. */
  public List<Step> late() {
    return steps.stream()
        .filter(step -> step.state() == MigrationState.IGNORED)
        // A squashed file is for empty databases; where its steps are applied it is passed over.
        .filter(step -> !step.type().equals("SQL_BASELINE"))
        .toList();
  }

  /** Failed half-way, which only a non-transactional file can. */
  public List<Step> failed() {
    return steps.stream().filter(step -> step.state().isFailed()).toList();
  }

  /** Applied, but not by a file that is here: a newer release migrated. */
  public List<Step> future() {
    return steps.stream().filter(step -> step.state() == MigrationState.FUTURE_SUCCESS).toList();
  }

  /**
   * Passes when every applied version has its file.
   *
   * @throws MigrationFailure REFUSED, naming the way out
   */
  public void requireNoneMissing() {
    steps.stream()
        .filter(step -> step.state() == MigrationState.MISSING_SUCCESS && step.version() != null)
        .findFirst()
        .ifPresent(step -> {
          throw MigrationFailure.refused(
              "%s was applied, and its file is not here any more: put it back, or run adopt, which brings the history onto the files that are here when they make the same schema"
                  .formatted(step.script()));
        });
  }

  /** The repeatable files that are applied with the text they have now. */
  public List<String> currentRepeatables() {
    return steps.stream()
        .filter(step -> MigrationFiles.isRepeatable(step.script()))
        .filter(step -> step.state() == MigrationState.SUCCESS)
        .map(Step::script)
        .toList();
  }

  /** The applied version on top; empty when nothing is applied. */
  public Optional<Step> current() {
    return steps.stream()
        .filter(step -> step.isLive() && step.version() != null)
        .reduce((a, b) -> b.rank() > a.rank() ? b : a);
  }
}
