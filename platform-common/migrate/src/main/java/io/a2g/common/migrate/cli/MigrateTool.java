package io.a2g.common.migrate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.topology.ServiceIdentity;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * {@code java -jar <service>.jar migrate <command>}: runs one command without starting the service.
 */
public final class MigrateTool {

  private MigrateTool() {}

  /** The program; ends the JVM with the command's exit code. */
  public static void main(ServiceIdentity service, String[] arguments) {
    quietLibraries();
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(service, System.getenv(), out, err, arguments);
    // Only println does it by itself, and System.exit does not.
    out.flush();
    err.flush();
    System.exit(code);
  }

  // Without Spring nobody configures Logback, which would write Flyway's steps between our answers.
  private static void quietLibraries() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }
  }

  /**
   * Runs one command.
   *
   * @param environment where the database's address comes from when no option names it
   * @return an {@link ExitCode}
   */
  public static int run(
      ServiceIdentity service,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err,
      String... arguments) {
    var line = new CommandLine(new MigrateCommand(service, environment));
    line.setCommandName("migrate");
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    // "downgrade -1" is Alembic's way to say it, and -1 is no option of ours.
    line.setUnmatchedOptionsArePositionalParams(false);
    Objects.requireNonNull(line.getSubcommands().get(CreateSchemasCommand.NAME))
        .setUnmatchedOptionsArePositionalParams(true);
    // What follows the command for all services is that command's.
    Objects.requireNonNull(line.getSubcommands().get(AllCommand.NAME)).setStopAtPositional(true);
    line.setExecutionExceptionHandler(MigrateTool::report);
    var usage = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler((failure, args) ->
        List.of(args).contains("--json")
            ? reportUsage(failure)
            : usage.handleParseException(failure, args));
    prepare(line, service);
    line.getSubcommands().values().forEach(command -> prepare(command, service));
    return line.execute(arguments);
  }

  private static void prepare(CommandLine command, ServiceIdentity service) {
    String version = MigrateTool.class.getPackage().getImplementationVersion();
    command
        .getCommandSpec()
        .exitCodeOnInvalidInput(ExitCode.USAGE.code())
        .version(
            "migrate of %s %s, Java %s"
                .formatted(
                    service.name(),
                    version == null ? "(not packaged)" : version,
                    Runtime.version().feature()));
  }

  private static int reportUsage(CommandLine.ParameterException failure) {
    refuse(failure.getCommandLine(), ExitCode.USAGE.code(), DatabaseFailures.oneLine(failure));
    return ExitCode.USAGE.code();
  }

  private static void refuse(CommandLine command, int code, String error) {
    Output.json(command.getOut(), Map.of("ok", false, "exit_code", code, "error", error));
  }

  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    int code = exitCode(failure);
    CommandOptions options = CommandOptions.of(command.getCommandSpec());
    if (options.json()) {
      refuse(command, code, message(failure));
    } else {
      command.getErr().println("migrate: " + message(failure));
    }
    if (options.traces() || code == ExitCode.INTERNAL.code()) {
      failure.printStackTrace(command.getErr());
    }
    return code;
  }

  private static int exitCode(Throwable failure) {
    return failure instanceof MigrationFailure f ? f.exitCode().code() : ExitCode.INTERNAL.code();
  }

  private static String message(Throwable failure) {
    return failure instanceof MigrationFailure
        ? String.valueOf(failure.getMessage())
        : "this is a fault of the tool: "
            + failure.getClass().getSimpleName()
            + ": "
            + DatabaseFailures.oneLine(failure);
  }
}
