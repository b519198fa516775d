package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import picocli.CommandLine.Option;

/** What the commands take that fill a schema in another database. */
final class DestinationOptions {

  @Option(
      names = "--to-variable",
      paramLabel = "NAME",
      required = true,
      description = {
        "The variable of the environment that holds the other database's URL with the migrator's credentials;",
        "a command line can be read by everybody on the machine."
      })
  private String variable = "";

  @Option(names = "--replace", description = "Rows that only the other database has may go.")
  private boolean replace;

  /** The same schema in the other database. */
  Target of(Target source, CommandOptions options) {
    return source.withDatabase(options.database(variable));
  }

  boolean replace() {
    return replace;
  }
}
