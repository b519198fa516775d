package io.a2g.common.orphan.job;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.migrate.orphan.OrphanRepair;
import io.a2g.common.migrate.orphan.OrphanScan;
import io.a2g.common.migrate.orphan.ReferenceScan;
import io.a2g.common.migrate.orphan.RepairReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans and repairs, as jobs and on demand. What a pass suspects is looked at again as soon as it
 * may be confirmed, so that an orphan is reported in the run that sees it first. Everything that
 * has to be remembered between the two passes stands in the database: another replica, or the next
 * start, goes on where this one ends.
 */
public class OrphanJob {

  private static final Logger log = LoggerFactory.getLogger(OrphanJob.class);

  private final OrphanScan scan;
  private final OrphanRepair repair;
  private final OrphanMeters meters;
  private final AtomicBoolean suspects = new AtomicBoolean();

  OrphanJob(OrphanScan scan, OrphanRepair repair, OrphanMeters meters) {
    this.scan = scan;
    this.repair = repair;
    this.meters = meters;
  }

  /**
   * Looks through every row unless that was done lately, by whichever replica.
   *
   * @param interval between two scans
   */
  void runIfDue(Duration interval) throws SQLException {
    // Of several replicas the first one looks; the others find it done.
    if (scan.isDue(interval.multipliedBy(9).dividedBy(10))) {
      look();
    }
  }

  /** Looks again at what an earlier pass only suspected. */
  void confirm() throws SQLException {
    if (suspects.getAndSet(false)) {
      Optional<List<ReferenceScan>> scans = scan.lookAgain(null);
      // Another scan was running, or one after the one that asked for this pass suspects more.
      if (scans.isEmpty() || scans.get().stream().anyMatch(OrphanJob::suspectsMore)) {
        suspects.set(true);
      }
      meters.refresh();
    }
  }

  /**
   * Looks through every row now. What is only suspected is looked at again a little later.
   *
   * @throws ProblemException 409 while another replica or request is doing it
   */
  public List<ReferenceScan> run() throws SQLException {
    return look()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.CONFLICT,
                "A scan of this service's references is running; ask again when it has ended."));
  }

  /** Repairs what is confirmed. */
  public RepairReport repair(@Nullable String reference, boolean dryRun) throws SQLException {
    RepairReport report = repair.repair(reference, dryRun);
    if (!dryRun) {
      log.info(
          "Repaired {} orphans; {} were right again, {} are left",
          report.repaired(),
          report.right(),
          report.left());
      meters.refresh();
    }
    return report;
  }

  private Optional<List<ReferenceScan>> look() throws SQLException {
    Optional<List<ReferenceScan>> scans = scan.look(null);
    scans.ifPresent(this::report);
    meters.refresh();
    return scans;
  }

  private void report(List<ReferenceScan> scans) {
    for (ReferenceScan one : scans) {
      if (one.notAudited() != null) {
        log.warn("{} was not scanned: {}", one.reference(), one.notAudited());
      }
      if (one.findings() > 0) {
        log.warn(
            "{} has {} orphans, {} of them confirmed",
            one.reference(),
            one.findings(),
            one.confirmed());
      }
    }
    if (scans.stream().anyMatch(OrphanJob::suspectsMore)) {
      suspects.set(true);
    }
  }

  private static boolean suspectsMore(ReferenceScan scan) {
    return scan.findings() > scan.confirmed();
  }
}
