package io.a2g.common.migrate.cli;

import io.a2g.common.database.DatabaseSettings;
import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.Limits;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes: which database, which files, and how to answer. */
final class CommandOptions {

  static final String NAME = "options";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec mixee;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "postgresql://user:password@host:port/database or jdbc:postgresql://…",
        "Default: MIGRATION_DATABASE_URL, else DATABASE_URL, else DB_HOST (POSTGRES_HOST) and the rest."
      })
  private @Nullable String url;

  @Option(
      names = "--sources",
      paramLabel = "DIR",
      description = "The service's src/main/resources/db. Default: the files in this jar.")
  private @Nullable Path sources;

  @Option(names = "--json", description = "Answer with one JSON document.")
  private boolean json;

  @Option(names = "--traces", description = "Show stack traces of failures.")
  private boolean traces;

  @Option(
      names = "--lock-timeout",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "How long a statement waits for a lock before it is tried again (3).")
  private int lockTimeout;

  @Option(
      names = "--statement-timeout",
      paramLabel = "SECONDS",
      defaultValue = "1800",
      description = "How long a statement may run; 0: no limit (1800).")
  private int statementTimeout;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often a file is tried that lost against a lock (10).")
  private int attempts;

  /** Those of this command. */
  static CommandOptions of(CommandSpec command) {
    CommandSpec mixin = command.mixins().get(NAME);
    return mixin == null ? new CommandOptions() : (CommandOptions) mixin.userObject();
  }

  boolean json() {
    return json;
  }

  boolean traces() {
    return traces;
  }

  ServiceIdentity service() {
    return root().service();
  }

  /** The files that the command is about. */
  MigrationFiles files() {
    return sources == null ? MigrationFiles.packaged() : MigrationFiles.in(sources);
  }

  /** The database and schema that the command is about. */
  Target target() {
    return new Target(
        service(),
        database(),
        files(),
        limits(),
        service().sessionSettings(root().environment()::get));
  }

  Limits limits() {
    try {
      return new Limits(
          Duration.ofSeconds(lockTimeout), Duration.ofSeconds(statementTimeout), attempts);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** The limits as options again, for the tool of another service. */
  List<String> limitArguments() {
    return List.of(
        "--lock-timeout=" + lockTimeout,
        "--statement-timeout=" + statementTimeout,
        "--attempts=" + attempts);
  }

  /** Who gives the order, for the migration log. */
  String actor() {
    String given = root().environment().get("A2G_ACTOR");
    return given == null || given.isBlank() ? System.getProperty("user.name", "unknown") : given;
  }

  /** A setting of the environment; null when not set or blank. */
  @Nullable String setting(String name) {
    String value = root().environment().get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /**
   * The database whose URL a variable of the environment holds; a command line can be read by
   * everybody on the machine.
   */
  DatabaseUrl database(String variable) {
    return readable(() -> {
      String given = setting(variable);
      if (given == null) {
        throw new IllegalArgumentException("the variable " + variable + " is not set");
      }
      return DatabaseUrl.parse(given);
    });
  }

  /** An address that cannot be read is wrong usage. */
  static DatabaseUrl readable(Supplier<DatabaseUrl> address) {
    try {
      return address.get();
    } catch (IllegalArgumentException e) {
      throw new MigrationFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /** The whole environment, for programs that the tool runs. */
  Map<String, String> environment() {
    return root().environment();
  }

  CommandLine commandLine() {
    return command().commandLine();
  }

  PrintWriter out() {
    return command().commandLine().getOut();
  }

  PrintWriter err() {
    return command().commandLine().getErr();
  }

  /** Answers in the form that was asked for. */
  Output output() {
    return new Output(out(), json);
  }

  /** The database that the command is about. */
  DatabaseUrl database() {
    String given = url;
    return readable(() ->
        given == null ? new DatabaseSettings(this::setting).migration() : DatabaseUrl.parse(given));
  }

  private MigrateCommand root() {
    return (MigrateCommand) command().root().userObject();
  }

  private CommandSpec command() {
    return Objects.requireNonNull(mixee, "set by picocli");
  }
}
