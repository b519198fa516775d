package io.a2g.common.migrate.lint;

import static io.a2g.common.migrate.sql.SqlStatement.NAME;

import io.a2g.common.migrate.sql.SqlStatement;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for ALTER TABLE on tables that were there before the file. */
final class AlterTableRules {

  private static final Pattern ALTER_TABLE =
      Pattern.compile(
          "alter (?:foreign )?table (?:if exists )?(?:only )?" + NAME + "(?: \\*)? (.+)");
  private static final Pattern ADD_COLUMN =
      Pattern.compile(
          "add (?:column )?(?:if not exists )?(?!constraint |check |unique |primary key|foreign key|exclude |not null )(.+)");
  private static final Pattern ADD_CONSTRAINT = Pattern.compile("add (?:constraint (\\S+) )?(.+)");
  private static final Pattern SET_NOT_NULL =
      Pattern.compile("alter (?:column )?(\\S+) set not null");
  private static final Pattern TYPE =
      Pattern.compile("alter (?:column )?(\\S+) (?:set data )?type (.+)");
  private static final Pattern REMOVAL =
      Pattern.compile(
          "drop (?!constraint )(?:column )?(?:if exists )?(\\S+)(?: cascade| restrict)?"
              + "|rename (?!constraint ).+|set schema .+");
  private static final Pattern REWRITE =
      Pattern.compile(
          "set (?:logged|unlogged|tablespace .+|access method .+)|alter .+ add generated .+");
  private static final Pattern VALIDATE = Pattern.compile("validate constraint (\\S+)");

  private final NotNullProofs proofs = new NotNullProofs();
  private final Set<String> addedHere = new HashSet<>();

  void beginFile() {
    addedHere.clear();
  }

  void check(SqlStatement statement, FileCheck file) {
    Matcher alter = statement.matcher(ALTER_TABLE);
    if (!alter.matches()) {
      return;
    }
    String table = file.qualified(alter.group(1));
    for (String action : TopLevel.split(alter.group(2))) {
      outdatedType(file, action);
      if (file.existed(table)) {
        action(file, table, action);
      }
      proofs.see(table, action);
    }
  }

  private void action(FileCheck file, String table, String action) {
    Matcher column = ADD_COLUMN.matcher(action);
    Matcher constraint = ADD_CONSTRAINT.matcher(action);
    if (column.matches()) {
      addColumn(file, table, ColumnDefinition.parse(column.group(1)));
    } else if (constraint.matches()) {
      addConstraint(file, table, constraint);
    } else {
      change(file, table, action);
    }
  }

  private static void addColumn(FileCheck file, String table, ColumnDefinition column) {
    String name = table + "." + column.name();
    if (column.isWorkedOutPerRow()) {
      file.report(
          Rule.COLUMN_REWRITES_TABLE,
          "%s gets a value for each row: the table is rewritten, which blocks reads",
          name);
    } else if (column.isNotNull() && column.defaultExpression().isEmpty()) {
      file.report(Rule.COLUMN_NOT_NULL, "%s has no value for the rows that exist", name);
    }
    if (column.has("unique") || column.has("primary key")) {
      uniqueBuildsIndex(file, table);
    }
    if (column.has("check")) {
      file.report(Rule.VALIDATING_CHECK, "The check of %s scans the table and blocks reads", name);
    }
    if (column.has("references") && !column.defaultExpression().isEmpty()) {
      validatingForeignKey(file, table);
    }
  }

  private void addConstraint(FileCheck file, String table, Matcher constraint) {
    String definition = constraint.group(2);
    boolean notValid = definition.endsWith(" not valid");
    if (notValid) {
      addedHere.add(table + "." + constraint.group(1));
    } else if (definition.startsWith("foreign key")) {
      validatingForeignKey(file, table);
    } else if (definition.startsWith("check")) {
      file.report(Rule.VALIDATING_CHECK, "It scans %s and blocks reads", table);
    } else if (definition.matches("(unique|primary key|exclude) .*")
        && !definition.matches("(unique|primary key) using index .*")) {
      uniqueBuildsIndex(file, table);
    }
  }

  private void change(FileCheck file, String table, String action) {
    Matcher notNull = SET_NOT_NULL.matcher(action);
    Matcher type = TYPE.matcher(action);
    Matcher validate = VALIDATE.matcher(action);
    if (notNull.matches() && !proofs.hold(table, notNull.group(1))) {
      file.report(Rule.SET_NOT_NULL, "SET NOT NULL scans %s and blocks reads", table);
    } else if (type.matches()) {
      file.report(
          Rule.COLUMN_TYPE,
          "A new type of %s may rewrite the table and breaks services of the last release",
          table + "." + type.group(1));
    } else if (validate.matches() && addedHere.contains(table + "." + validate.group(1))) {
      file.report(
          Rule.VALIDATE_APART,
          "%s was added in this file: the scan runs under its lock",
          validate.group(1));
    } else if (action.matches("detach partition (?!.* (concurrently|finalize)).*")) {
      file.report(Rule.DETACH_PARTITION, "It blocks reads of %s", table);
    } else if (REWRITE.matcher(action).matches()) {
      file.report(Rule.TABLE_REWRITE, "It rewrites or locks %s", table);
    } else if (REMOVAL.matcher(action).matches() && !file.file().isContract()) {
      file.report(Rule.NEEDS_CONTRACT, "It removes or renames something of %s", table);
    }
  }

  private static void outdatedType(FileCheck file, String action) {
    Matcher added = ADD_COLUMN.matcher(action);
    Matcher changed = TYPE.matcher(action);
    if (added.matches()) {
      TableRules.reportOutdatedType(file, ColumnDefinition.parse(added.group(1)));
    } else if (changed.matches()) {
      TableRules.reportOutdatedType(
          file, ColumnDefinition.parse(changed.group(1) + " " + changed.group(2)));
    }
  }

  private static void uniqueBuildsIndex(FileCheck file, String table) {
    file.report(Rule.UNIQUE_BUILDS_INDEX, "It builds an index and blocks reads of %s", table);
  }

  private static void validatingForeignKey(FileCheck file, String table) {
    file.report(Rule.VALIDATING_FOREIGN_KEY, "It scans %s and blocks writes to both tables", table);
  }
}
