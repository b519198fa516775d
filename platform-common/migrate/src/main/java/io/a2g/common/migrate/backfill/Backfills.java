package io.a2g.common.migrate.backfill;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.ControlTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Starts, pauses and shows backfills. */
public final class Backfills {

  private final Target target;

  /** Of one service. */
  public Backfills(Target target) {
    this.target = target;
  }

  /** How far each is. */
  public List<BackfillStatus> list() {
    return withTable(table -> {
      List<BackfillStatus> all = new ArrayList<>();
      for (BackfillFile file : BackfillFile.all(target)) {
        all.add(table.find(file.name()).orElse(BackfillStatus.pending(file.name())));
      }
      return all;
    });
  }

  /**
   * Goes on where it stopped, until it is done or paused.
   *
   * @return its state afterwards
   * @throws MigrationFailure when a batch fails; what was done stays done
   */
  public BackfillStatus run(String name, BackfillProgress progress) {
    BackfillFile file = BackfillFile.find(target, name);
    new BackfillRun(target, file, progress).run();
    return status(name);
  }

  /** Stops it after the batch that is running; run goes on from there. */
  public BackfillStatus pause(String name) {
    BackfillFile.find(target, name);
    boolean paused = withTable(table -> table.pause(name));
    if (!paused) {
      throw MigrationFailure.refused(
          "the backfill %s is %s, so there is nothing to pause"
              .formatted(name, status(name).state()));
    }
    return status(name);
  }

  /** How far it is. */
  public BackfillStatus status(String name) {
    BackfillFile.find(target, name);
    return withTable(table -> table.find(name).orElse(BackfillStatus.pending(name)));
  }

  private interface Work<T> {
    T with(BackfillTable table) throws SQLException;
  }

  private <T> T withTable(Work<T> work) {
    try (Connection connection = target.connect()) {
      ControlTables.create(connection, target.schema());
      return work.with(new BackfillTable(connection, target.schema()));
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  static MigrationFailure busy(String name) {
    return new MigrationFailure(
        ExitCode.LOCK_BUSY, "the backfill %s is running elsewhere".formatted(name));
  }
}
