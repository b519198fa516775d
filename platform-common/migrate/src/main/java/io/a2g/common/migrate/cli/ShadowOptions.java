package io.a2g.common.migrate.cli;

import io.a2g.common.database.DatabaseUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands take that make a shadow database. */
final class ShadowOptions {

  @Option(
      names = "--shadow-url",
      paramLabel = "URL",
      description = {
        "A database on the server for shadow databases, with a user who may create some.",
        "Default: MIGRATION_SHADOW_URL, else the database of the command."
      })
  private @Nullable String url;

  /** The server; null: that of the target. */
  @Nullable DatabaseUrl server(CommandOptions options) {
    String given = url == null ? options.setting("MIGRATION_SHADOW_URL") : url;
    return given == null ? null : CommandOptions.readable(() -> DatabaseUrl.parse(given));
  }
}
