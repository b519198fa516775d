package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.schema.CreateSchemas;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands its options, with or without a delimiter before them, to the program that has them. */
@Command(
    name = CreateSchemasCommand.NAME,
    description =
        "Makes the five schemas and their roles; create-schemas --help shows its options.")
final class CreateSchemasCommand implements Callable<Integer> {

  static final String NAME = "create-schemas";

  @Parameters(arity = "0..*", paramLabel = "OPTION", description = "See --help.")
  private String[] arguments = {};

  @Override
  public Integer call() {
    ExitCode code =
        switch (CreateSchemas.run(arguments)) {
          case 0 -> ExitCode.OK;
          case 2 -> ExitCode.USAGE;
          case 3 -> ExitCode.UNREACHABLE;
          case 4 -> ExitCode.NO_RIGHT;
          default -> ExitCode.FAILED;
        };
    return code.code();
  }
}
