package io.a2g.common.migrate.sql;

import io.a2g.common.migrate.MigrationFiles;
import java.util.List;
import java.util.Optional;

/** What the rest of the tool asks about the statements of a file. */
public final class Statements {

  private static final int LONGEST_LINE = 120;

  private Statements() {}

  /**
   * Whether a file of the migrations runs in one transaction: the same answer as Flyway's, which
   * looks at the {@code .conf} beside it and at its statements, not at comments and strings.
   *
   * @param name the file's name below {@code migration}
   */
  public static boolean inTransaction(MigrationFiles files, String name, String text) {
    return !files.runsOutsideTransaction(MigrationFiles.MIGRATION + "/" + name)
        && SqlSplitter.split(text).stream().allMatch(SqlStatement::flywayRunsInTransaction);
  }

  /**
   * The first line of the statement that a line belongs to, shortened.
   *
   * @param line from 1
   */
  public static Optional<String> at(String text, int line) {
    List<String> lines = text.lines().toList();
    return SqlSplitter.split(text).stream()
        .map(SqlStatement::line)
        .filter(first -> first <= line && first <= lines.size())
        .reduce((a, b) -> b)
        .map(first -> shorten(lines.get(first - 1).strip()));
  }

  private static String shorten(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
  }
}
