package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.MigrationFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "merge",
    description = "There is nothing to merge: versions are one line. See renumber.",
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {

  @Mixin(name = CommandOptions.NAME)
  private CommandOptions options = new CommandOptions();

  @Override
  public Integer call() {
    throw MigrationFailure.refused(
        "The migrations of %s are one line ordered by version, so there are no heads to merge: heads shows late files, renumber gives them new versions"
            .formatted(options.service().schemaName()));
  }
}
