package io.a2g.common.migrate.lint;

import static io.a2g.common.migrate.sql.SqlStatement.NAME;

import io.a2g.common.migrate.sql.SqlStatement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules for statements that would stop traffic on a busy table, or take away what the last release
 * still uses. What a file makes itself is not in use yet, so that anything goes there.
 */
final class TableRules {

  private static final Pattern CREATE_TABLE =
      Pattern.compile(
          "create (?:(?:global|local|temp|temporary|unlogged) )*table (?:if not exists )?"
              + NAME
              + " (.*)");
  private static final Pattern CREATE_INDEX =
      Pattern.compile(
          "create (?:unique )?index (concurrently )?(if not exists )?(?:"
              + NAME
              + " )?on (only )?"
              + NAME
              + " .*");
  private static final Pattern CREATE_OTHER =
      Pattern.compile(
          "create (?:or replace )?(?:materialized view|view|function|procedure|type|domain|sequence) (?:if not exists )?"
              + NAME
              + ".*");
  private static final Pattern DROP_INDEX =
      Pattern.compile("drop index (?!concurrently)(?:if exists )?(.+?)(?: cascade| restrict)?");
  private static final Pattern DROP =
      Pattern.compile(
          "drop (?:table|materialized view|view|function|procedure|type|domain) (?:if exists )?"
              + "(.+?)(?: cascade| restrict)?");
  private static final Pattern RENAME =
      Pattern.compile(
          "alter (?:materialized view|view|function|procedure|type|domain) (?:if exists )?"
              + NAME
              + " .*\\b(?:rename|set schema)\\b.*");
  private static final Pattern CHANGE_OF_ROWS =
      Pattern.compile(
          "(?:with .* )?(?:(?<!do |for |key )update|delete from) (?:only )?" + NAME + "(?: .*)?");
  private static final Pattern TRUNCATE = Pattern.compile("truncate (?:table )?(?:only )?(.+)");
  private static final Pattern LOCK = Pattern.compile("lock (?:table )?(?:only )?" + NAME + ".*");
  private static final Pattern COPY =
      Pattern.compile("(?:cluster|vacuum (?:\\( [^)]*\\bfull\\b[^)]*\\)|full))(?: .*)?");
  private static final Pattern REINDEX = Pattern.compile("reindex (?!.*\\bconcurrently\\b).*");

  private final AlterTableRules alterTable = new AlterTableRules();

  /** Looks at one file; files come in the order of their versions. */
  void check(FileCheck file) {
    alterTable.beginFile();
    for (SqlStatement statement : file.file().statements()) {
      file.at(statement);
      indexes(statement, file);
      removals(statement, file);
      rows(statement, file);
      alterTable.check(statement, file);
      creations(statement, file);
    }
  }

  private static void indexes(SqlStatement statement, FileCheck file) {
    Matcher index = statement.matcher(CREATE_INDEX);
    if (index.matches()) {
      boolean concurrently = index.group(1) != null;
      boolean onParentOnly = index.group(4) != null;
      if (!concurrently && !onParentOnly && file.existed(index.group(5))) {
        file.report(Rule.INDEX_LOCKS_WRITES, "CREATE INDEX blocks writes to %s", index.group(5));
      } else if (concurrently && index.group(2) != null) {
        file.report(Rule.CONCURRENTLY_IF_NOT_EXISTS, "An index that is there may be invalid");
      }
    }
    Matcher drop = statement.matcher(DROP_INDEX);
    if (drop.matches() && anyExisted(drop.group(1), file)) {
      file.report(
          Rule.DROP_INDEX_LOCKS,
          "DROP INDEX waits for all readers of the table, and blocks new ones");
    }
    if (statement.matches(REINDEX)) {
      file.report(Rule.TABLE_REWRITE, "REINDEX without CONCURRENTLY blocks reads");
    }
  }

  private static void removals(SqlStatement statement, FileCheck file) {
    Matcher drop = statement.matcher(DROP);
    Matcher rename = statement.matcher(RENAME);
    boolean removes = drop.matches() && anyExisted(drop.group(1), file);
    boolean renames = rename.matches() && file.existed(rename.group(1));
    if ((removes || renames) && !file.file().isContract()) {
      file.report(
          Rule.NEEDS_CONTRACT,
          "It removes or renames %s",
          removes ? drop.group(1) : rename.group(1));
    }
  }

  private static void rows(SqlStatement statement, FileCheck file) {
    Matcher change = CHANGE_OF_ROWS.matcher(TopLevel.withoutParentheses(statement.shape()));
    if (change.matches()
        && file.existed(change.group(1))
        && !change.group().matches(".* where (?!true$).*")) {
      file.report(Rule.WHOLE_TABLE, "It changes every row of %s", change.group(1));
    }
    Matcher truncate = statement.matcher(TRUNCATE);
    if (truncate.matches() && anyExisted(truncate.group(1), file)) {
      file.report(Rule.TRUNCATE, "It empties %s", truncate.group(1));
    }
    Matcher lock = statement.matcher(LOCK);
    if (lock.matches() && file.existed(lock.group(1))) {
      file.report(Rule.LOCK_TABLE, "It locks %s", lock.group(1));
    }
    if (statement.matches(COPY)) {
      file.report(Rule.TABLE_REWRITE, "It rewrites the table and blocks reads");
    }
  }

  private static void creations(SqlStatement statement, FileCheck file) {
    Matcher table = statement.matcher(CREATE_TABLE);
    Matcher index = statement.matcher(CREATE_INDEX);
    Matcher other = statement.matcher(CREATE_OTHER);
    if (table.matches()) {
      file.created(table.group(1));
      for (String item : TopLevel.split(TopLevel.firstParentheses(table.group(2)))) {
        if (!item.matches("(constraint|check|unique|primary key|foreign key|exclude|like)\\b.*")) {
          reportOutdatedType(file, ColumnDefinition.parse(item));
        }
      }
    } else if (index.matches() && index.group(3) != null) {
      file.created(index.group(3));
    } else if (other.matches()) {
      file.created(other.group(1));
    }
  }

  static void reportOutdatedType(FileCheck file, ColumnDefinition column) {
    if (column.hasOutdatedType()) {
      file.report(Rule.TYPE, "%s is of type %s".formatted(column.name(), column.type()));
    }
  }

  private static boolean anyExisted(String names, FileCheck file) {
    return TopLevel.split(names).stream()
        .map(name -> name.replaceFirst(" .*", ""))
        .anyMatch(file::existed);
  }
}
