package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.audit.Audit;
import io.a2g.common.migrate.audit.AuditEntry;
import io.a2g.common.migrate.audit.AuditEntry.Action;
import io.a2g.common.migrate.audit.Hold;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;

/** What an operator tells the history by hand: each is narrow, locked and audited. */
public final class Corrections {

  private final Target target;
  private final String actor;

  /** For one target. */
  public Corrections(Target target, String actor) {
    this.target = target;
    this.actor = actor;
  }

  /**
   * Records versions as applied without running them.
   *
   * @param goal head or a version
   * @param reason why the schema is known to be there already
   * @return the versions recorded
   */
  public List<String> stamp(String goal, String reason) {
    MigrationStatus status = MigrationStatus.read(target);
    String wanted =
        goal.equals("head")
            ? "latest"
            : String.valueOf(Versions.find(status.steps(), goal).version());
    List<String> stamped;
    try {
      stamped =
          FlywaySetup.configure(target)
              .skipExecutingMigrations(true)
              .skipDefaultCallbacks(true)
              .target(wanted)
              .load()
              .migrate()
              .migrations
              .stream()
              .map(migration -> migration.version)
              .toList();
    } catch (FlywayException e) {
      throw FlywayFailures.explain(e, target);
    }
    inLock(connection -> {
      for (String version : stamped) {
        Audit.append(
            connection, target.schema(), AuditEntry.of(Action.STAMPED, version, actor, reason));
      }
    });
    return stamped;
  }

  /**
   * Clears the failed row of a version, so that it can run again, and drops the invalid indexes
   * that a failed CREATE INDEX CONCURRENTLY left in the schema.
   *
   * @return the indexes dropped
   */
  public List<String> clearFailed(String given) {
    String version = Versions.normal(given);
    List<String> invalid = new ArrayList<>();
    inLock(connection -> {
      if (!new HistoryTable(connection, target.schema()).removeFailed(version)) {
        throw MigrationFailure.refused("version %s has no failed row".formatted(version));
      }
      for (String index : invalidIndexes(connection)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("DROP INDEX " + index);
        }
        invalid.add(index);
      }
      Audit.append(
          connection,
          target.schema(),
          AuditEntry.of(Action.FAILED_ROW_CLEARED, version, actor, String.join(", ", invalid)));
    });
    return invalid;
  }

  /** Accepts the file of an applied version as it is now; for edits that change nothing. */
  public void acceptChecksum(String given, String reason) {
    Step step = Versions.find(MigrationStatus.read(target).steps(), given);
    Integer checksum = step.fileChecksum();
    if (checksum == null || !step.isLive()) {
      throw MigrationFailure.refused("%s is not applied, or its file is not here".formatted(given));
    }
    inLock(connection -> {
      new HistoryTable(connection, target.schema()).setChecksum(step.rank(), checksum);
      Audit.append(
          connection,
          target.schema(),
          AuditEntry.of(Action.CHECKSUM_ACCEPTED, step.version(), actor, reason));
    });
  }

  /** Holds the schema at a version, or at the one on top. */
  public String hold(String given, String reason) {
    MigrationStatus status = MigrationStatus.read(target);
    String version =
        given.equals("current")
            ? status.current().map(step -> String.valueOf(step.version())).orElse("0")
            : String.valueOf(Versions.find(status.steps(), given).version());
    inLock(connection -> Hold.set(connection, target.schema(), version, actor, reason));
    return version;
  }

  /** Ends the hold. */
  public void release(String reason) {
    inLock(connection -> Hold.release(connection, target.schema(), actor, reason));
  }

  private List<String> invalidIndexes(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT format('%%I.%%I', n.nspname, c.relname)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = '%s' AND NOT i.indisvalid AND c.relkind = 'i'
                """
                    .formatted(target.schema()))) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private void inLock(Work work) {
    try (LockedSchema locked = LockedSchema.take(target)) {
      work.run(locked.connection());
      locked.connection().commit();
    } catch (SQLException e) {
      throw DatabaseFailures.explain(e, target);
    }
  }

  /**
   * Waits until a version is applied.
   *
   * @throws MigrationFailure PENDING when it is not in time
   */
  public static void await(Target target, String given, Duration timeout) {
    String wanted = given.equals("head") ? "head" : Versions.normal(given);
    long end = System.nanoTime() + timeout.toNanos();
    while (!isThere(target, wanted)) {
      if (System.nanoTime() > end) {
        throw new MigrationFailure(
            ExitCode.PENDING,
            "%s is not at %s after %d s: has the migrate step run?"
                .formatted(target.display(), given, timeout.toSeconds()));
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MigrationFailure(ExitCode.FAILED, "interrupted while waiting", e);
      }
    }
  }

  private static boolean isThere(Target target, String wanted) {
    try {
      MigrationStatus status = MigrationStatus.read(target);
      return wanted.equals("head")
          ? status.pending().isEmpty() && status.failed().isEmpty()
          : status.steps().stream()
              .anyMatch(step -> step.isLive() && wanted.equals(step.version()));
    } catch (MigrationFailure e) {
      if (e.exitCode() == ExitCode.UNREACHABLE) {
        return false;
      }
      throw e;
    }
  }
}
