package io.a2g.common.migrate.lint;

import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.sql.SqlStatement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;

/** Rules for files as such: their names, their pairs, their headers. */
final class FileRules {

  private static final Pattern VERSIONED =
      Pattern.compile("([VB])(\\d{8}_\\d{4})__[a-z0-9]+(?:_[a-z0-9]+)*\\.sql");
  private static final Pattern UNDO =
      Pattern.compile("U(\\d{8}_\\d{4})__[a-z0-9]+(?:_[a-z0-9]+)*\\.sql");
  private static final Pattern REPEATABLE = Pattern.compile("R__[a-z0-9_]+\\.sql");
  private static final Set<String> CALLBACKS =
      Stream.of(Event.values()).map(Event::getId).collect(Collectors.toSet());
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmm").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern REVIEW = Pattern.compile("\\s*--\\s*REVIEW ME\\b.*");
  private static final Set<String> PHASES = Set.of("expand", "backfill", "contract");

  private FileRules() {}

  /** Names of a folder that are wrong. */
  static List<Finding> names(MigrationFiles files) {
    List<Finding> findings = new ArrayList<>();
    for (String name : files.names("migration")) {
      if (!isGoodInMigration(name)) {
        findings.add(misnamed(name, "Flyway would pass over it or sort it wrongly"));
      }
    }
    for (String name : files.names("undo")) {
      Matcher undo = UNDO.matcher(name);
      if (name.endsWith(".conf")) {
        findings.add(
            new Finding(
                name,
                1,
                Rule.UNDO_TRANSACTION.id(),
                "An undo always runs in a transaction",
                Rule.UNDO_TRANSACTION.recipe()));
      } else if (!undo.matches() || !isTime(undo.group(1))) {
        findings.add(misnamed(name, "No undo would find it"));
      }
    }
    return findings;
  }

  private static boolean isGoodInMigration(String name) {
    if (name.endsWith(".sql.conf")) {
      return isGoodInMigration(name.substring(0, name.length() - ".conf".length()));
    }
    Matcher versioned = VERSIONED.matcher(name);
    String callback = name.replaceFirst("(__.*)?\\.sql$", "");
    return (versioned.matches() && isTime(versioned.group(2)))
        || REPEATABLE.matcher(name).matches()
        || (name.endsWith(".sql") && CALLBACKS.contains(callback));
  }

  private static boolean isTime(String text) {
    try {
      LocalDateTime.parse(text, TIME);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Finding misnamed(String name, String why) {
    return new Finding(name, 1, Rule.FILE_NAME.id(), why, Rule.FILE_NAME.recipe());
  }

  /** Versions that two files share, and files without their partner. */
  static List<Finding> pairs(List<SqlFile> all, MigrationFiles files) {
    List<Finding> findings = new ArrayList<>();
    Map<Object, SqlFile> seen = new HashMap<>();
    for (SqlFile file : all) {
      if (file.kind() == SqlFile.Kind.VERSIONED && file.version() != null) {
        SqlFile same = seen.putIfAbsent(file.version(), file);
        if (same != null) {
          findings.add(
              Finding.of(file, 1, Rule.SAME_VERSION, "%s has this version".formatted(same.name())));
        }
        boolean irreversible = !file.headers("irreversible").isEmpty();
        if (file.name().startsWith("V") && !irreversible && files.undo(file.name()).isEmpty()) {
          findings.add(
              Finding.of(file, 1, Rule.MISSING_UNDO, "Nothing can take this migration back"));
        }
      } else if (file.kind() == SqlFile.Kind.UNDO
          && files.migration("V" + file.name().substring(1)).isEmpty()) {
        findings.add(
            Finding.of(file, 1, Rule.UNDO_WITHOUT_MIGRATION, "There is no V file of this name"));
      }
    }
    return findings;
  }

  /** Headers, drafts, and whether the file can run in the way it asks for. */
  static void check(FileCheck check, MigrationFiles files) {
    SqlFile file = check.file();
    for (SqlFile.Header header : file.headers()) {
      boolean wrong =
          (header.name().equals("phase") && !PHASES.contains(header.value()))
              || (header.name().equals("irreversible") && header.value().isEmpty());
      if (wrong) {
        check.report(header.line(), Rule.HEADER, "The tool does not understand this header");
      }
    }
    int line = 0;
    for (String text : file.text().lines().toList()) {
      line++;
      if (REVIEW.matcher(text).matches()) {
        check.report(line, Rule.REVIEW_ME, "It is still a draft");
      }
    }
    switch (file.kind()) {
      case VERSIONED -> transaction(check, files);
      case UNDO -> undoTransaction(check);
      case REPEATED -> {}
    }
  }

  private static void transaction(FileCheck check, MigrationFiles files) {
    SqlFile file = check.file();
    boolean conf = files.runsOutsideTransaction("migration/" + file.name());
    List<SqlStatement> alone =
        file.statements().stream().filter(SqlStatement::isNonTransactional).toList();
    for (SqlStatement statement : alone) {
      check.at(statement);
      if (file.statements().size() > 1) {
        check.report(Rule.ALONE, "It runs without a transaction, beside others");
      }
      if (statement.needsConf() && !conf) {
        check.report(Rule.NEEDS_CONF, "Flyway would run it in a transaction");
      }
    }
    if (conf && alone.isEmpty()) {
      check.report(1, Rule.NEEDLESS_CONF, "It runs without a transaction");
    }
  }

  private static void undoTransaction(FileCheck check) {
    check.file().statements().stream()
        .filter(SqlStatement::isNonTransactional)
        .forEach(statement ->
            check.report(
                statement.line(), Rule.UNDO_TRANSACTION, "PostgreSQL refuses it in a transaction"));
  }
}
