package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.lint.Finding;
import io.a2g.common.migrate.lint.Lint;
import io.a2g.common.migrate.shadow.ShadowDatabase;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lint",
    description = "Says what is wrong or dangerous in the migration files, and what to do instead.")
final class LintCommand extends ToolCommand {

  @Option(
      names = "--since",
      paramLabel = "VERSION",
      description = "Only files of later versions, such as 20261120_0905. Default: all.")
  private @Nullable String since;

  @Option(
      names = "--measure",
      description = "Also run the files in a shadow database and watch their locks.")
  private boolean measure;

  @Option(names = "--rules", description = "Only list the rules and what each recommends.")
  private boolean rules;

  @Mixin private ShadowOptions shadow = new ShadowOptions();

  /** The answer as JSON. */
  record Answer(String service, boolean ok, List<Finding> findings) {}

  @Override
  Reply reply() {
    if (rules) {
      return new Reply(
          Lint.rules(),
          output -> Lint.rules().forEach((rule, recipe) -> output.raw(rule + "\n    " + recipe)));
    }
    Lint lint = Lint.of(options.files(), options.service().schemaName());
    List<Finding> findings = measure ? measured(lint) : lint.text(version());
    return Reply.compared(
        findings.isEmpty(),
        new Answer(options.service().name(), findings.isEmpty(), findings),
        output -> print(output, findings));
  }

  private List<Finding> measured(Lint lint) {
    try (var database = ShadowDatabase.create(options.target(), shadow.server(options))) {
      return lint.measured(
          database.target(),
          version(),
          line -> options.err().println("lint: measured without a row in " + line));
    }
  }

  private @Nullable MigrationVersion version() {
    try {
      return since == null ? null : MigrationVersion.fromVersion(since);
    } catch (FlywayException e) {
      throw new MigrationFailure(
          ExitCode.USAGE, "--since takes a version such as 20261120_0905, not " + since, e);
    }
  }

  private void print(Output output, List<Finding> findings) {
    for (Finding finding : findings) {
      output.line(
          "@|bold %s:%d|@ @|red %s|@: %s"
              .formatted(finding.file(), finding.line(), finding.rule(), finding.message()));
      output.raw("    " + finding.recipe());
    }
    output.line(
        findings.isEmpty()
            ? "%s: no findings".formatted(options.service().schemaName())
            : "@|red %s: %d findings|@".formatted(options.service().schemaName(), findings.size()));
  }
}
