package io.a2g.common.migrate.backfill;

import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts, pauses and shows backfills. */
public final class Backfills {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Target target;
  private final Duration patience;

  /** Of one service. */
  public Backfills(Target target) {
    this(target, PATIENCE);
  }

  Backfills(Target target, Duration patience) {
    this.target = target;
    this.patience = patience;
  }

  /** How far each is. */
  public List<BackfillStatus> list() {
    return target.on(connection -> {
      var table = new BackfillTable(connection, target.schema());
      List<BackfillStatus> all = new ArrayList<>();
      for (BackfillFile file : BackfillFile.all(target)) {
        all.add(table.find(file.name()));
      }
      return all;
    });
  }

  /**
   * Goes on where it stopped, until it is done or paused.
   *
   * @return its state afterwards
   * @throws MigrationFailure when a batch fails, or after ten minutes of waiting for transactions
   *     that write to the table or for replicas; what was done stays done
   */
  public BackfillStatus run(String name, BackfillProgress progress) {
    BackfillFile file = BackfillFile.find(target, name);
    target.on(connection -> {
      new BackfillRun(target, file, progress, connection, patience).run();
      return null;
    });
    return status(name);
  }

  /** Stops it after the batch that is running; run goes on from there. */
  public BackfillStatus pause(String name) {
    BackfillFile.find(target, name);
    boolean paused =
        target.on(connection -> new BackfillTable(connection, target.schema()).pause(name));
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
    return target.on(connection -> new BackfillTable(connection, target.schema()).find(name));
  }
}
