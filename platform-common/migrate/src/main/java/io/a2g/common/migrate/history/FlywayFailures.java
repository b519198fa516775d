package io.a2g.common.migrate.history;

import io.a2g.common.migrate.DatabaseFailures;
import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;

/** Turns Flyway's failures into one line with what to do next, in our tool's words. */
final class FlywayFailures {

  private static final Pattern CHECKSUM =
      Pattern.compile("checksum mismatch for migration version (\\S+)");
  private static final Pattern VENDOR_ADVICE =
      Pattern.compile("https?://|Learn more|run repair to|Run Flyway with|baselineOnMigrate");

  private FlywayFailures() {}

  static MigrationFailure explain(FlywayException failure, Target target) {
    SQLException sql = sqlException(failure);
    if (sql != null && isAboutTheConnection(sql)) {
      return DatabaseFailures.explain(sql, target);
    }
    if (sql != null && failure instanceof FlywayMigrateException migration) {
      return new MigrationFailure(ExitCode.FAILED, failed(migration, sql), failure);
    }
    if (failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return NewSchema.madeByOthers(target.schema());
    }
    ExitCode code = sql == null ? ExitCode.REFUSED : ExitCode.FAILED;
    return new MigrationFailure(code, advice(failure, target), failure);
  }

  private static String failed(FlywayMigrateException failure, SQLException sql) {
    String line = failure.getLineNumber() > 0 ? " at line " + failure.getLineNumber() : "";
    String next =
        failure.isExecutableInTransaction()
            ? "nothing of it stayed: correct the file, then run upgrade again"
            : "it runs outside a transaction, so part of it may be there: remove the cause, then run"
                + " repair --failed %s and upgrade again"
                    .formatted(failure.getMigration().getVersion());
    return "%s failed%s: %s (SQLSTATE %s); %s"
        .formatted(
            failure.getMigration().getScript(),
            line,
            DatabaseFailures.oneLine(sql),
            sql.getSQLState(),
            next);
  }

  private static String advice(FlywayException failure, Target target) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getErrorCode() == CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION) {
      return "There is %s: give one of them a version of its own with renumber"
          .formatted(shorten(message).replaceFirst("^Found ", "").replace(" | Offenders:", ":"));
    }
    List<String> edited =
        CHECKSUM.matcher(message).results().map(result -> result.group(1)).toList();
    if (!edited.isEmpty()) {
      return edited.stream()
          .map(version ->
              "%s was edited after it had been applied (checksum mismatch): put the old text back and write a new migration, or accept the new text with repair --accept-checksum %s"
                  .formatted(fileOf(version, target), version))
          .collect(Collectors.joining("; "));
    }
    if (message.toLowerCase(Locale.ROOT).contains("filename")) {
      return shorten(message)
          + ": name migrations V<yyyyMMdd_HHmm>__what_it_does.sql, with the undo file U<the same>";
    }
    return shorten(message);
  }

  private static String fileOf(String version, Target target) {
    return Versions.script(target.files(), version).orElse("version " + version);
  }

  private static boolean isAboutTheConnection(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("28")
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.equals("3D000")
        || state.equals("53300")
        || state.equals("42501")
        || state.equals("55P03")
        || state.equals("40P01");
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return e;
      }
    }
    return null;
  }

  // Without the tables of dashes around messages, and without advice about another program.
  private static String shorten(String message) {
    Stream<String> lines =
        message
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.matches("[-=]+"))
            .filter(line -> !VENDOR_ADVICE.matcher(line).find());
    return lines.limit(12).collect(Collectors.joining(" | "));
  }
}
