package io.a2g.common.orphan.job;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.orphan.OrphanAudit;
import io.a2g.common.orphan.OrphanRepair;
import io.a2g.common.orphan.ReferenceAudit;
import io.a2g.common.orphan.RepairReport;
import io.a2g.common.readiness.SchemaReadiness;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Audits and repairs, by the clock and on demand. What a pass suspects is looked at again as soon
 * as it may be confirmed, so that an orphan is reported in the run that sees it first. Everything
 * that has to be remembered between the two passes stands in the database: another replica, or the
 * next start, goes on where this one ends.
 */
public class OrphanJob {

  private static final Logger log = LoggerFactory.getLogger(OrphanJob.class);

  private final OrphanAudit audit;
  private final OrphanRepair repair;
  private final OrphanProperties properties;
  private final OrphanMeters meters;
  private final SchemaReadiness migrations;
  private final TaskScheduler scheduler;
  private final Clock clock;
  private final AtomicBoolean waiting = new AtomicBoolean();

  OrphanJob(
      OrphanAudit audit,
      OrphanRepair repair,
      OrphanProperties properties,
      OrphanMeters meters,
      SchemaReadiness migrations,
      TaskScheduler scheduler,
      Clock clock) {
    this.audit = audit;
    this.repair = repair;
    this.properties = properties;
    this.meters = meters;
    this.migrations = migrations;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Scheduled(
      fixedDelayString = "${platform.references.audit-interval}",
      initialDelayString = "${platform.references.audit-initial-delay}")
  void tick() {
    if (migrations.isReady()) {
      // On a thread of its own: it may take minutes, and other jobs share this one.
      var _ = scheduler.schedule(this::runQuietly, clock.instant());
    }
  }

  private void runQuietly() {
    try {
      // Of several replicas the first one looks; the others find it done.
      if (audit.isDue(properties.auditInterval().multipliedBy(9).dividedBy(10))) {
        look();
      }
    } catch (SQLException | RuntimeException e) {
      log.warn("The audit of references stopped; the next run starts anew: {}", e.toString());
    }
  }

  /**
   * Looks through every row now. What is only suspected is looked at again a little later.
   *
   * @throws ProblemException 409 while another replica or request is doing it
   */
  public List<ReferenceAudit> run() throws SQLException {
    return look()
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.CONFLICT,
                "An audit of this service's references is running; ask again when it has ended."));
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

  private Optional<List<ReferenceAudit>> look() throws SQLException {
    Optional<List<ReferenceAudit>> audits = audit.look(null);
    audits.ifPresent(this::report);
    meters.refresh();
    return audits;
  }

  private void report(List<ReferenceAudit> audits) {
    for (ReferenceAudit one : audits) {
      if (one.notAudited() != null) {
        log.warn("{} was not audited: {}", one.reference(), one.notAudited());
      }
      if (one.findings() > 0) {
        log.warn(
            "{} has {} orphans, {} of them confirmed",
            one.reference(),
            one.findings(),
            one.confirmed());
      }
    }
    if (audits.stream().anyMatch(OrphanJob::suspectsMore)) {
      lookAgainSoon();
    }
  }

  private static boolean suspectsMore(ReferenceAudit audit) {
    return audit.findings() > audit.confirmed();
  }

  private void lookAgainSoon() {
    if (waiting.compareAndSet(false, true)) {
      var _ =
          scheduler.schedule(
              this::lookAgainQuietly, clock.instant().plus(audit.gap()).plusMillis(100));
    }
  }

  private void lookAgainQuietly() {
    waiting.set(false);
    try {
      Optional<List<ReferenceAudit>> audits = audit.lookAgain(null);
      // Somebody else was at it, or an audit after the one that asked for this pass suspects more.
      if (audits.isEmpty() || audits.get().stream().anyMatch(OrphanJob::suspectsMore)) {
        lookAgainSoon();
      }
      meters.refresh();
    } catch (SQLException | RuntimeException e) {
      log.warn("Suspected orphans were not looked at again; the next audit does: {}", e.toString());
    }
  }
}
