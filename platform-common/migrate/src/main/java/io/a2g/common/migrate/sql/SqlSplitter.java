package io.a2g.common.migrate.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits PostgreSQL's SQL into statements. Knows strings, dollar quotes, quoted names, nested
 * comments, parentheses and {@code BEGIN ATOMIC} bodies; Flyway's own parser is not public.
 */
public final class SqlSplitter {

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_$]*");

  private final String sql;
  private final List<SqlStatement> statements = new ArrayList<>();
  private final StringBuilder shape = new StringBuilder();
  private int position;
  private int line = 1;
  private int statementLine = 1;
  private int parentheses;
  private int atomicBlocks;
  private String previousWord = "";
  private boolean glued;

  private SqlSplitter(String sql) {
    this.sql = sql;
  }

  /** The statements in their order; comments alone are none. */
  public static List<SqlStatement> split(String sql) {
    return new SqlSplitter(sql).run();
  }

  private List<SqlStatement> run() {
    while (position < sql.length()) {
      next(sql.charAt(position));
    }
    endStatement();
    return List.copyOf(statements);
  }

  private void next(char c) {
    if (Character.isWhitespace(c)) {
      skipTo(position + 1);
    } else if (sql.startsWith("--", position)) {
      skipTo(endOf("\n", position));
    } else if (sql.startsWith("/*", position)) {
      skipTo(endOfBlockComment());
    } else if (c == '\'') {
      add("''", endOfQuoted('\'', previousWord.equals("e") && glued));
    } else if (c == '"') {
      int end = endOfQuoted('"', false);
      add(plain(sql.substring(position, end)), end);
    } else if (c == '$' && dollarTag() != null) {
      String tag = String.valueOf(dollarTag());
      add("$$", endOf(tag, position + tag.length()));
    } else if (Character.isLetterOrDigit(c) || c == '_') {
      word();
    } else {
      symbol(c);
    }
  }

  private void word() {
    int end = position + 1;
    while (end < sql.length() && isNamePart(sql.charAt(end))) {
      end++;
    }
    String word = sql.substring(position, end).toLowerCase(Locale.ROOT);
    // Strings such as E'…' and B'…' are one token.
    boolean prefix = word.length() == 1 && end < sql.length() && sql.charAt(end) == '\'';
    trackAtomicBody(word);
    if (prefix) {
      skipTo(end);
    } else {
      add(word, end);
    }
    previousWord = word;
    glued = prefix;
  }

  // CREATE FUNCTION … BEGIN ATOMIC …; …; END has semicolons that end nothing.
  private void trackAtomicBody(String word) {
    if (word.equals("atomic") && previousWord.equals("begin")) {
      atomicBlocks++;
    } else if (atomicBlocks > 0 && word.equals("case")) {
      atomicBlocks++;
    } else if (atomicBlocks > 0 && word.equals("end")) {
      atomicBlocks--;
    }
  }

  private void symbol(char c) {
    if (c == '(') {
      parentheses++;
    } else if (c == ')') {
      parentheses = Math.max(0, parentheses - 1);
    } else if (c == ';' && parentheses == 0 && atomicBlocks == 0) {
      skipTo(position + 1);
      endStatement();
      return;
    }
    boolean cast = sql.startsWith("::", position);
    add(cast ? "::" : String.valueOf(c), position + (cast ? 2 : 1));
  }

  private void add(String token, int end) {
    if (shape.isEmpty()) {
      statementLine = line;
    } else if (!joins(token)) {
      shape.append(' ');
    }
    shape.append(token);
    glued = false;
    previousWord = "";
    skipTo(end);
  }

  private boolean joins(String token) {
    char last = shape.charAt(shape.length() - 1);
    return token.equals(".")
        || token.equals("::")
        || last == '.'
        || (last == ':' && shape.length() > 1 && shape.charAt(shape.length() - 2) == ':');
  }

  private void endStatement() {
    if (!shape.isEmpty()) {
      statements.add(new SqlStatement(shape.toString(), statementLine));
    }
    shape.setLength(0);
    parentheses = 0;
    atomicBlocks = 0;
    previousWord = "";
  }

  private void skipTo(int end) {
    for (int i = position; i < end; i++) {
      if (sql.charAt(i) == '\n') {
        line++;
      }
    }
    position = end;
  }

  private int endOf(String terminator, int from) {
    int found = sql.indexOf(terminator, from);
    return found < 0 ? sql.length() : found + terminator.length();
  }

  private int endOfBlockComment() {
    int depth = 1;
    int i = position + 2;
    while (i < sql.length() && depth > 0) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  private int endOfQuoted(char quote, boolean backslashes) {
    int i = position + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (backslashes && c == '\\') {
        i += 2;
      } else if (c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        i += 2;
      } else if (c == quote) {
        return i + 1;
      } else {
        i++;
      }
    }
    return sql.length();
  }

  // Null when the dollar sign is that of a parameter such as $1.
  private @Nullable String dollarTag() {
    int i = position + 1;
    while (i < sql.length() && sql.charAt(i) != '$' && isNamePart(sql.charAt(i))) {
      i++;
    }
    boolean tag =
        i < sql.length() && sql.charAt(i) == '$' && !Character.isDigit(sql.charAt(position + 1));
    return tag ? sql.substring(position, i + 1) : null;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  // "users" and users are the same name, "Users" is another one.
  private static String plain(String quoted) {
    String name = quoted.substring(1, Math.max(1, quoted.length() - 1));
    return PLAIN_NAME.matcher(name).matches() ? name : quoted;
  }
}
