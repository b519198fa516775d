package io.a2g.common.startup;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.backfill.Backfills;
import io.a2g.common.migrate.history.Adoption;
import io.a2g.common.migrate.history.SchemaVersion;
import io.a2g.common.migrate.history.Upgrade;
import io.a2g.common.migrate.log.Hold;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to this release, or looks whether somebody has. */
final class SchemaCheck {

  private static final Logger log = LoggerFactory.getLogger(SchemaCheck.class);
  private static final String ACTOR = "start-up";

  private final Target target;
  private final MigrationMeters meters;

  SchemaCheck(Target target, MigrationMeters meters) {
    this.target = target;
    this.meters = meters;
  }

  /** Applies what is pending, up to the hold; returns how many. */
  int migrate() {
    try {
      return upgrade();
    } catch (MigrationFailure e) {
      meters.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private int upgrade() {
    Upgrade upgrade = new Upgrade(target, ACTOR, meters);
    try {
      return upgrade.run("head").versions().size();
    } catch (MigrationFailure e) {
      if (e.exitCode() != ExitCode.REFUSED || !Adoption.isDue(target)) {
        throw e;
      }
      adopt();
      return upgrade.run("head").versions().size();
    }
  }

  // The files of an earlier release were replaced by a baseline. Only what is proven equal is
  // taken.
  private void adopt() {
    Adoption.Result result =
        new Adoption(target, ACTOR).run("equal to the files of this release", false);
    if (!result.isEqual()) {
      throw MigrationFailure.refused(
          "%s was made by an earlier release, and differs in %d places from what this one makes: run migrate adopt, which shows them"
              .formatted(target.display(), result.differences().size()));
    }
    log.info(
        "{} was made by an earlier release and is proven equal to {}: its history was adopted",
        target.display(),
        result.version());
  }

  /**
   * Looks only.
   *
   * @throws MigrationFailure when something is pending below the hold, failed or late
   */
  void verify() {
    int pending = new Upgrade(target, ACTOR, meters).pendingBelowHold();
    if (pending > 0) {
      throw new MigrationFailure(
          ExitCode.PENDING,
          "%d migrations of %s are pending and this service does not migrate (mode verify): run migrate upgrade head"
              .formatted(pending, target.display()));
    }
  }

  /** Reads the figures again. */
  void refresh() {
    try (Connection connection = target.connect()) {
      Optional<Hold> hold = Hold.read(connection, target.schema());
      meters.show(
          MigrationFigures.of(SchemaVersion.read(target), hold, new Backfills(target).list()));
    } catch (SQLException e) {
      throw new MigrationFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
