package io.a2g.common.migrate.lint;

import io.a2g.common.migrate.MigrationFiles;
import io.a2g.common.migrate.Target;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of one service.
 *
 * <p>Files up to the {@code baseline} of {@code db/lint.properties} were applied before there were
 * rules, and an applied file is never edited, so that the rules about statements pass over them.
 */
public final class Lint {

  private static final Comparator<SqlFile> BY_VERSION =
      Comparator.comparing(SqlFile::version, Comparator.nullsLast(Comparator.naturalOrder()));

  private final MigrationFiles files;
  private final String schema;
  private final List<SqlFile> all;
  private final MigrationVersion baseline;

  private Lint(MigrationFiles files, String schema) {
    this.files = files;
    this.schema = schema;
    this.all = read(files);
    this.baseline = baseline(files);
  }

  /** For the files of the service that owns this schema. */
  public static Lint of(MigrationFiles files, String schema) {
    return new Lint(files, schema);
  }

  /** Every rule's name and recipe, in the order of their importance. */
  public static Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    for (Rule rule : Rule.values()) {
      rules.put(rule.id(), rule.recipe());
    }
    return rules;
  }

  /**
   * What the text rules find.
   *
   * @param since only files of later versions are reported; null: all
   */
  public List<Finding> text(@Nullable MigrationVersion since) {
    return report(Map.of(), false, since);
  }

  /**
   * What the text rules find, and what is seen when the files run.
   *
   * @param shadow a database with the empty schema, for this alone
   * @param since only files of later versions are reported; null: all
   * @param note takes a line about each table that could not be given a row
   */
  public List<Finding> measured(
      Target shadow, @Nullable MigrationVersion since, Consumer<String> note) {
    Measurement measurement = Measurement.run(shadow);
    measurement.emptyTables().forEach(note);
    return report(measurement.findings(), true, since);
  }

  private List<Finding> report(
      Map<String, List<Finding>> measured, boolean wasMeasured, @Nullable MigrationVersion since) {
    List<Finding> findings = new ArrayList<>(FileRules.names(files));
    Map<String, List<Finding>> byFile = byFile(FileRules.pairs(all, files));
    StatementRules statementRules = new StatementRules(schema);
    TableRules tableRules = new TableRules();
    for (SqlFile file : all) {
      FileCheck check = new FileCheck(file, schema);
      check.findings().addAll(byFile.getOrDefault(file.name(), List.of()));
      FileRules.check(check, files);
      statementRules.check(check);
      checkTables(file, check, tableRules);
      if (isAfter(file, baseline)) {
        check.findings().addAll(measured.getOrDefault(file.name(), List.of()));
      }
      if (since == null || isAfter(file, since)) {
        findings.addAll(withoutIgnored(file, check.findings(), wasMeasured));
      }
    }
    return List.copyOf(findings);
  }

  // Files before the baseline are read all the same: later ones build on what they made.
  private void checkTables(SqlFile file, FileCheck check, TableRules rules) {
    if (file.kind() == SqlFile.Kind.VERSIONED) {
      FileCheck tables = new FileCheck(file, schema);
      rules.check(tables);
      if (isAfter(file, baseline)) {
        check.findings().addAll(tables.findings());
      }
    }
  }

  /**
   * What is left when the findings that a file asks to ignore are taken away; wrong requests are
   * findings too.
   *
   * @param measured whether the measured rules ran, so that a request for one may be called unused
   */
  private static List<Finding> withoutIgnored(
      SqlFile file, List<Finding> findings, boolean measured) {
    List<Finding> left = new ArrayList<>(findings);
    for (SqlFile.Header ignore : file.headers("lint-ignore")) {
      String rule = ignore.subject();
      boolean unknown = Rule.of(rule).isEmpty() || rule.equals(Rule.IGNORE.id());
      if (unknown || ignore.value().isEmpty()) {
        left.add(
            wrong(
                file,
                ignore,
                unknown ? "There is no rule '%s'".formatted(rule) : "Says no reason"));
      } else if (!left.removeIf(finding -> finding.rule().equals(rule))
          && (measured || !rule.startsWith("measured-"))) {
        left.add(wrong(file, ignore, "%s finds nothing in this file".formatted(rule)));
      }
    }
    return left;
  }

  private static Finding wrong(SqlFile file, SqlFile.Header ignore, String message) {
    return Finding.of(file, ignore.line(), Rule.IGNORE, message);
  }

  private static boolean isAfter(SqlFile file, MigrationVersion version) {
    return file.version() == null || file.version().compareTo(version) > 0;
  }

  private static Map<String, List<Finding>> byFile(List<Finding> findings) {
    Map<String, List<Finding>> map = new HashMap<>();
    findings.forEach(f -> map.computeIfAbsent(f.file(), name -> new ArrayList<>()).add(f));
    return map;
  }

  private static List<SqlFile> read(MigrationFiles files) {
    List<SqlFile> read = new ArrayList<>();
    for (String name : files.names("migration")) {
      if (name.endsWith(".sql")) {
        boolean versioned = SqlFile.version(name).isPresent();
        read.add(
            SqlFile.read(
                versioned ? SqlFile.Kind.VERSIONED : SqlFile.Kind.REPEATED,
                name,
                files.migration(name).orElse("")));
      }
    }
    for (String name : files.names("undo")) {
      if (name.endsWith(".sql")) {
        read.add(SqlFile.read(SqlFile.Kind.UNDO, name, files.read("undo/" + name).orElse("")));
      }
    }
    read.sort(BY_VERSION);
    return List.copyOf(read);
  }

  private static MigrationVersion baseline(MigrationFiles files) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(files.read("lint.properties").orElse("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MigrationVersion.fromVersion(properties.getProperty("baseline", "0"));
  }
}
