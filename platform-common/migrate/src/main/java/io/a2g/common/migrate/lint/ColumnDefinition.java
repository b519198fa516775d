package io.a2g.common.migrate.lint;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column in CREATE TABLE or ADD COLUMN.
 *
 * @param name as it is compared
 * @param type with its modifiers
 * @param constraints all that follows the type, without what is in parentheses
 * @param defaultExpression empty when there is none
 */
record ColumnDefinition(String name, String type, String constraints, String defaultExpression) {

  private static final Pattern COLUMN = Pattern.compile("(\"[^\"]*\"|\\S+) (.+)");
  private static final Pattern BEHIND_TYPE =
      Pattern.compile(
          " (not null|null|default|check|unique|primary|references|generated|constraint|collate|storage|compression|using)\\b");
  private static final Pattern DEFAULT =
      Pattern.compile(
          "\\bdefault (.*?)(?= (?:not null|null|check|unique|primary|references|generated|constraint|collate)\\b|$)");
  private static final Pattern CALL = Pattern.compile("(?<!::)\\b([\\w.]+) \\(");
  private static final Pattern OUTDATED_TYPE =
      Pattern.compile(
          "(?:character varying|varchar|character|char|bpchar) \\( .*"
              + "|timestamp(?: \\( \\d+ \\))?(?! with time zone)(?: without time zone)?(?: \\[ .*)?"
              + "|json(?: \\[ .*)?|(?:big|small)?serial[248]?|money");
  // Not volatile, so that one value serves all rows.
  private static final Set<String> STABLE_FUNCTIONS =
      Set.of(
          """
          now transaction_timestamp statement_timestamp current_timestamp localtimestamp
          date_trunc make_interval make_date timezone coalesce nullif lower upper md5 repeat
          array row cast to_jsonb jsonb_build_object jsonb_build_array current_setting
          int4range int8range tstzrange daterange numrange
          """
              .strip()
              .split("\\s+"));

  static ColumnDefinition parse(String item) {
    Matcher column = COLUMN.matcher(item);
    if (!column.matches()) {
      return new ColumnDefinition(item, "", "", "");
    }
    String rest = column.group(2);
    Matcher end = BEHIND_TYPE.matcher(rest);
    String type = end.find() ? rest.substring(0, end.start()) : rest;
    String behind = rest.substring(type.length());
    Matcher value = DEFAULT.matcher(behind);
    return new ColumnDefinition(
        column.group(1),
        type,
        TopLevel.withoutParentheses(behind),
        value.find() ? value.group(1) : "");
  }

  boolean hasOutdatedType() {
    return OUTDATED_TYPE.matcher(type).matches();
  }

  boolean isNotNull() {
    return has("not null") || has("primary key");
  }

  boolean has(String constraint) {
    return Pattern.compile("\\b" + constraint + "\\b").matcher(constraints).find();
  }

  /** A value that is worked out for each row, so that PostgreSQL copies the table. */
  boolean isWorkedOutPerRow() {
    return type.matches("(?:big|small)?serial[248]?") || has("generated") || hasVolatileDefault();
  }

  private boolean hasVolatileDefault() {
    return CALL.matcher(defaultExpression)
        .results()
        .anyMatch(call -> !STABLE_FUNCTIONS.contains(call.group(1).replace("pg_catalog.", "")));
  }
}
