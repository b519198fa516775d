package io.a2g.common.migrate.cli;

import io.a2g.common.database.Sql;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.orphan.ConnectionSource;
import io.a2g.common.migrate.orphan.ConnectionTargetStates;
import io.a2g.common.migrate.orphan.OrphanRepair;
import io.a2g.common.migrate.orphan.OrphanScan;
import io.a2g.common.migrate.orphan.ReferenceScan;
import io.a2g.common.migrate.orphan.RepairListener;
import io.a2g.common.migrate.orphan.RepairReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "orphans",
    description = {
      "Finds rows whose reference into another schema is wrong, and repairs them by the declared rule.",
      "Ends with 3 when there are some, or when a reference could not be looked at."
    })
final class OrphansCommand extends ToolCommand {

  @Option(names = "--repair", description = "Repair what is confirmed.")
  private boolean repair;

  @Option(names = "--dry-run", description = "With --repair: only say what would be done.")
  private boolean dryRun;

  @Option(names = "--reference", paramLabel = "TABLE.COLUMN", description = "Only this one.")
  private @Nullable String reference;

  @Option(
      names = "--confirm-after",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = {
        "What is seen for the first time counts when it is seen again so much later (60).",
        "Less only where nobody writes: a row may be committing just now."
      })
  private int confirmAfter;

  /** The answer as JSON. */
  record Answer(
      String service,
      String schema,
      boolean clean,
      List<ReferenceScan> references,
      @Nullable RepairReport repair) {}

  @Override
  Reply reply() {
    if (confirmAfter < 0 || (dryRun && !repair)) {
      throw new CommandLine.ParameterException(
          options.commandLine(),
          dryRun ? "--dry-run belongs to --repair" : "--confirm-after must not be negative");
    }
    Target target = options.target();
    try {
      Answer answer = run(target);
      return Reply.compared(
          answer.clean(), answer, output -> new OrphansText(output).print(answer));
    } catch (SQLException e) {
      throw explain(e, target);
    }
  }

  private Answer run(Target target) throws SQLException {
    ConnectionSource source = () -> open(target);
    String schema = target.schema();
    var scan =
        new OrphanScan(
            source, schema, ConnectionTargetStates::new, Duration.ofSeconds(confirmAfter));
    requireKnown(scan.references());
    List<ReferenceScan> scans = held(scan.look(reference));
    if (scans.stream().anyMatch(one -> one.findings() > one.confirmed())) {
      options.output().line("looking again in %d s at what is suspected".formatted(confirmAfter));
      pause(scan.gap());
      scans = merged(scans, held(scan.lookAgain(reference)));
    }
    RepairReport report = null;
    if (repair) {
      var listener = RepairListener.auditEvents(schema, "migrate orphans by " + options.actor());
      report =
          new OrphanRepair(source, schema, ConnectionTargetStates::new, listener)
              .repair(reference, dryRun);
      scans = merged(scans, held(scan.lookAgain(reference)));
    }
    boolean clean = scans.stream().allMatch(ReferenceScan::isClean);
    return new Answer(target.service().name(), schema, clean, scans, report);
  }

  // The first pass says how many rows there are, the second one what is wrong among them.
  private static List<ReferenceScan> merged(List<ReferenceScan> first, List<ReferenceScan> second) {
    return first.stream()
        .map(before ->
            second.stream()
                .filter(again -> again.reference().equals(before.reference()))
                .findFirst()
                .map(again -> before.after(again))
                .orElse(before))
        .toList();
  }

  // A migrator acts as the owner of the schema. What it may ask of other schemas is granted to the
  // migrator itself, so that no function of the schema can ask it.
  private static Connection open(Target target) throws SQLException {
    Connection connection = target.connect();
    try {
      new Sql(connection).execute("SET ROLE NONE; " + target.limits().setSession());
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void requireKnown(List<String> references) {
    if (reference != null && !references.contains(reference)) {
      throw MigrationFailure.refused(
          "%s is no reference of this schema; there are: %s"
              .formatted(reference, references.isEmpty() ? "none" : String.join(", ", references)));
    }
  }

  private static List<ReferenceScan> held(Optional<List<ReferenceScan>> scans) {
    return scans.orElseThrow(() ->
        new MigrationFailure(
            ExitCode.LOCK_BUSY,
            "the service or another tool scans this schema: run it again in a moment"));
  }

  private static MigrationFailure explain(SQLException e, Target target) {
    return "42P01".equals(e.getSQLState())
        ? MigrationFailure.refused(
            "the schema has no place for findings yet: run upgrade head first")
        : DatabaseFailures.explain(e, target);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.plusMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationFailure(ExitCode.FAILED, "interrupted between the two passes", e);
    }
  }
}
