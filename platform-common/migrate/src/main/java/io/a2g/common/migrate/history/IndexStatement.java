package io.a2g.common.migrate.history;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one statement of a file that makes or drops an index concurrently. PostgreSQL runs it outside
 * a transaction, so it can take effect without anything being recorded.
 *
 * @param creates false: it drops
 * @param unique whether it makes a unique index
 * @param tolerant {@code IF NOT EXISTS} or {@code IF EXISTS}
 * @param index its name, as the file spells it; with the schema when dropped and the file says it
 * @param table the table's name, as the file spells it; null when dropped
 * @param definition what follows the table's name; empty when dropped
 */
record IndexStatement(
    boolean creates,
    boolean unique,
    boolean tolerant,
    String index,
    @Nullable String table,
    String definition) {

  private static final String GAP = "(?:\\s|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*";
  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[a-z_][\\w$]*)";
  private static final String PATH = NAME + "(?:\\." + NAME + ")?";
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  // Without a name PostgreSQL chooses one, and it cannot be told later whose index it is.
  private static final Pattern CREATE =
      Pattern.compile(
          GAP
              + "create\\s+(?<unique>unique\\s+)?index\\s+concurrently\\s+"
              + "(?<tolerant>if\\s+not\\s+exists\\s+)?(?<index>"
              + NAME
              + ")\\s+on\\s+(?:only\\s+)?(?<table>"
              + PATH
              + ")\\s*(?<definition>[^;]*?)\\s*(?:;"
              + GAP
              + ")?",
          FLAGS);
  private static final Pattern DROP =
      Pattern.compile(
          GAP
              + "drop\\s+index\\s+concurrently\\s+(?<tolerant>if\\s+exists\\s+)?(?<index>"
              + PATH
              + ")\\s*(?:restrict\\s*)?(?:;"
              + GAP
              + ")?",
          FLAGS);

  /** Reads a file; empty when it is anything else, or more than this. */
  static Optional<IndexStatement> of(String text) {
    Matcher create = CREATE.matcher(text);
    if (create.matches()) {
      return Optional.of(
          new IndexStatement(
              true,
              create.group("unique") != null,
              create.group("tolerant") != null,
              create.group("index"),
              create.group("table"),
              create.group("definition")));
    }
    Matcher drop = DROP.matcher(text);
    return drop.matches()
        ? Optional.of(
            new IndexStatement(
                false, false, drop.group("tolerant") != null, drop.group("index"), null, ""))
        : Optional.empty();
  }

  /** The index with its schema, which is that of its table. */
  String indexPath(String schema) {
    if (table != null) {
      int name = table.lastIndexOf('.');
      return (name < 0 ? schema : table.substring(0, name)) + "." + index;
    }
    return index.contains(".") ? index : schema + "." + index;
  }

  /** The table with its schema. */
  String tablePath(String schema) {
    String name = String.valueOf(table);
    return name.contains(".") ? name : schema + "." + name;
  }
}
