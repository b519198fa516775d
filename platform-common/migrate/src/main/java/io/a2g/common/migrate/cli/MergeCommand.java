package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.MigrationFailure;
import picocli.CommandLine.Command;

@Command(
    name = "merge",
    description = "There is nothing to merge: versions are one line. See renumber.")
final class MergeCommand extends ToolCommand {

  @Override
  Reply reply() {
    throw MigrationFailure.refused(
        "The migrations of %s are one line ordered by version, so there are no heads to merge: heads shows late files, renumber gives them new versions"
            .formatted(options.service().schemaName()));
  }
}
