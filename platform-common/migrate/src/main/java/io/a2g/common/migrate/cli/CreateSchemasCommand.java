package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.schemas.CreateSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands its options, with or without a delimiter before them, to the program that has them. */
@Command(
    name = CreateSchemasCommand.NAME,
    description =
        "Makes the five schemas and their roles; create-schemas --help shows its options.")
final class CreateSchemasCommand implements Callable<Integer> {

  static final String NAME = "create-schemas";

  @Spec private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Answer with one JSON document.")
  private boolean json;

  @Parameters(arity = "0..*", paramLabel = "OPTION", description = "See --help.")
  private String[] arguments = {};

  /** The answer as JSON: what was made, and of what it failed. */
  record Answer(
      boolean ok,
      int exitCode,
      @Nullable String database,
      List<String> made,
      @Nullable String error) {}

  @Override
  public Integer call() {
    if (!json) {
      return CreateSchemas.run(arguments).code();
    }
    Answer answer = answer();
    Output.json(command().commandLine().getOut(), answer);
    return answer.exitCode();
  }

  private Answer answer() {
    CreateSchemas.Options options;
    try {
      options =
          CreateSchemas.options(
              arguments, ((MigrateCommand) command().root().userObject()).environment());
    } catch (IllegalArgumentException e) {
      return failed(ExitCode.USAGE, null, List.of(), e);
    }
    String database = options.url().display();
    List<String> made = new ArrayList<>();
    try {
      CreateSchemas.create(options, made::add);
      return new Answer(true, ExitCode.OK.code(), database, made, null);
    } catch (MigrationFailure e) {
      return failed(e.exitCode(), database, made, e);
    }
  }

  private static Answer failed(
      ExitCode code, @Nullable String database, List<String> made, RuntimeException failure) {
    return new Answer(false, code.code(), database, made, DatabaseFailures.oneLine(failure));
  }

  private CommandSpec command() {
    return Objects.requireNonNull(command, "set by picocli");
  }
}
