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
      outdatedType(statement, file, action);
      if (file.existed(table)) {
        action(statement, file, table, action);
      }
      proofs.see(table, action);
    }
  }

  private void action(SqlStatement statement, FileCheck file, String table, String action) {
    Matcher column = ADD_COLUMN.matcher(action);
    Matcher constraint = ADD_CONSTRAINT.matcher(action);
    if (column.matches()) {
      addColumn(statement, file, table, ColumnDefinition.parse(column.group(1)));
    } else if (constraint.matches()) {
      addConstraint(statement, file, table, constraint);
    } else {
      change(statement, file, table, action);
    }
  }

  private static void addColumn(
      SqlStatement statement, FileCheck file, String table, ColumnDefinition column) {
    if (column.isWorkedOutPerRow()) {
      file.report(
          statement,
          Rule.COLUMN_REWRITES_TABLE,
          "The value of %s differs from row to row, so that %s is copied while nobody may read it"
              .formatted(column.name(), table));
    } else if (column.isNotNull() && column.defaultExpression().isEmpty()) {
      file.report(
          statement,
          Rule.COLUMN_NOT_NULL,
          "%s.%s has no value for the rows that exist".formatted(table, column.name()));
    }
    if (column.has("unique") || column.has("primary key")) {
      uniqueBuildsIndex(statement, file, table);
    }
    if (column.has("check")) {
      file.report(
          statement,
          Rule.VALIDATING_CHECK,
          "The check of %s looks at every row of %s while nobody may read it"
              .formatted(column.name(), table));
    }
    if (column.has("references") && !column.defaultExpression().isEmpty()) {
      validatingForeignKey(statement, file, table);
    }
  }

  private void addConstraint(
      SqlStatement statement, FileCheck file, String table, Matcher constraint) {
    String definition = constraint.group(2);
    boolean notValid = definition.endsWith(" not valid");
    if (notValid) {
      addedHere.add(table + "." + constraint.group(1));
    } else if (definition.startsWith("foreign key")) {
      validatingForeignKey(statement, file, table);
    } else if (definition.startsWith("check")) {
      file.report(
          statement,
          Rule.VALIDATING_CHECK,
          "It looks at every row of %s while nobody may read it".formatted(table));
    } else if (definition.matches("(unique|primary key|exclude) .*")
        && !definition.matches("(unique|primary key) using index .*")) {
      uniqueBuildsIndex(statement, file, table);
    }
  }

  private void change(SqlStatement statement, FileCheck file, String table, String action) {
    Matcher notNull = SET_NOT_NULL.matcher(action);
    Matcher type = TYPE.matcher(action);
    Matcher validate = VALIDATE.matcher(action);
    if (notNull.matches() && !proofs.hold(table, notNull.group(1))) {
      file.report(
          statement,
          Rule.SET_NOT_NULL,
          "SET NOT NULL looks at every row of %s while nobody may read it".formatted(table));
    } else if (type.matches()) {
      file.report(
          statement,
          Rule.COLUMN_TYPE,
          "A change of %s.%s's type may copy the table and breaks services of the last release"
              .formatted(table, type.group(1)));
    } else if (validate.matches() && addedHere.contains(table + "." + validate.group(1))) {
      file.report(
          statement,
          Rule.VALIDATE_APART,
          "%s was added in this file, whose lock nobody passes".formatted(validate.group(1)));
    } else if (action.startsWith("detach partition") && !statement.needsConf()) {
      file.report(
          statement, Rule.DETACH_PARTITION, "Nobody may read %s meanwhile".formatted(table));
    } else if (REWRITE.matcher(action).matches()) {
      file.report(statement, Rule.TABLE_REWRITE, "It copies or locks %s".formatted(table));
    } else if (REMOVAL.matcher(action).matches() && !file.file().isContract()) {
      file.report(
          statement,
          Rule.NEEDS_CONTRACT,
          "It takes away or renames something of %s".formatted(table));
    }
  }

  private static void outdatedType(SqlStatement statement, FileCheck file, String action) {
    Matcher added = ADD_COLUMN.matcher(action);
    Matcher changed = TYPE.matcher(action);
    if (added.matches()) {
      TableRules.reportOutdatedType(statement, file, ColumnDefinition.parse(added.group(1)));
    } else if (changed.matches()) {
      TableRules.reportOutdatedType(
          statement, file, ColumnDefinition.parse(changed.group(1) + " " + changed.group(2)));
    }
  }

  private static void uniqueBuildsIndex(SqlStatement statement, FileCheck file, String table) {
    file.report(
        statement,
        Rule.UNIQUE_BUILDS_INDEX,
        "It builds an index while nobody may read %s".formatted(table));
  }

  private static void validatingForeignKey(SqlStatement statement, FileCheck file, String table) {
    file.report(
        statement,
        Rule.VALIDATING_FOREIGN_KEY,
        "It looks at every row of %s while nobody may write to either table".formatted(table));
  }
}
