package io.a2g.common.migrate.draft;

/**
 * A column's definition in its parts.
 *
 * @param type with its collation
 * @param value {@code DEFAULT …} or {@code GENERATED …}; empty when there is none
 * @param notNull whether it refuses null
 */
record ColumnText(String type, String value, boolean notNull) {

  private static final String NOT_NULL = "\nNOT NULL";

  static ColumnText parse(String definition) {
    boolean notNull = definition.endsWith(NOT_NULL);
    String rest =
        notNull ? definition.substring(0, definition.length() - NOT_NULL.length()) : definition;
    int end = rest.indexOf('\n');
    return end < 0
        ? new ColumnText(rest, "", notNull)
        : new ColumnText(rest.substring(0, end), rest.substring(end + 1), notNull);
  }

  boolean hasDefault() {
    return value.startsWith("DEFAULT ");
  }

  boolean isIdentity() {
    return value.startsWith("GENERATED ") && value.contains(" AS IDENTITY");
  }

  /** Computed from other columns. */
  boolean isComputed() {
    return value.startsWith("GENERATED ") && !isIdentity();
  }

  /** What follows the name in ADD COLUMN. */
  String sql() {
    return sql(notNull);
  }

  String sql(boolean withNotNull) {
    return type + (value.isEmpty() ? "" : " " + value) + (withNotNull ? " NOT NULL" : "");
  }
}
