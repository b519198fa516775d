package io.a2g.common.reference.remote;

import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** What has to be done again and again; every replica does it. */
class ReferenceUpkeep {

  private static final Logger log = LoggerFactory.getLogger(ReferenceUpkeep.class);

  private final boolean owner;
  private final boolean holder;
  private final Sweeper sweeper;
  private final Announcer announcer;
  private final Outbox outbox;
  private final Marks marks;
  private final ForeignDeletions deletions;
  private final SchemaReadiness migrations;

  ReferenceUpkeep(
      PlatformSchema own,
      Sweeper sweeper,
      Announcer announcer,
      Outbox outbox,
      Marks marks,
      ForeignDeletions deletions,
      SchemaReadiness migrations) {
    this.owner = !ReferenceTarget.ownedBy(own).isEmpty();
    this.holder = !ReferenceTarget.heldBy(own).isEmpty();
    this.sweeper = sweeper;
    this.announcer = announcer;
    this.outbox = outbox;
    this.marks = marks;
    this.deletions = deletions;
    this.migrations = migrations;
  }

  @Scheduled(
      fixedDelayString = "${platform.references.sweep-interval}",
      initialDelayString = "${platform.references.sweep-interval}")
  void sweep() {
    if (owner) {
      quietly("settle reservations", sweeper::sweep);
    }
  }

  @Scheduled(
      fixedDelayString = "${platform.references.announce-interval}",
      initialDelayString = "${platform.references.announce-interval}")
  void announce() {
    if (owner) {
      quietly("announce deletions", announcer::announce);
    }
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
  void tidy() {
    if (owner) {
      quietly("remove old events", () -> untilNone(outbox::removeOld));
    }
    if (holder) {
      quietly("remove old marks", () -> untilNone(marks::removeOld));
      quietly("forget old deletions", () -> untilNone(deletions::removeOld));
    }
  }

  private static void untilNone(IntSupplier removal) {
    while (removal.getAsInt() > 0) {
      // The next ones.
    }
  }

  private void quietly(String what, Runnable action) {
    if (!migrations.isReady()) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException e) {
      log.warn("Could not {}, will try again: {}", what, e.toString());
    }
  }
}
