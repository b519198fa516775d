package io.a2g.user.scim;

import io.a2g.user.account.SearchColumn;
import io.a2g.user.account.SearchCondition;
import io.a2g.user.account.SearchCondition.Operator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter of SCIM (RFC 7644 §3.4.2.2). {@link ScimFilterParser} reads it from text, and bounds its
 * length and depth.
 */
sealed interface ScimFilter {

  /** Both. */
  record And(ScimFilter left, ScimFilter right) implements ScimFilter {}

  /** One of them or both. */
  record Or(ScimFilter left, ScimFilter right) implements ScimFilter {}

  /** The opposite. */
  record Not(ScimFilter filter) implements ScimFilter {}

  /**
   * The attribute has a value.
   *
   * @param attribute lower case, without the schema's name
   */
  record Present(String attribute) implements ScimFilter {}

  /**
   * A comparison with a text, number or truth value.
   *
   * @param attribute lower case, without the schema's name
   */
  record Comparison(String attribute, Operator operator, String value) implements ScimFilter {}

  /**
   * What a search asks for.
   *
   * @param text null: everything
   * @param columns attributes that the filter may name, lower case
   * @throws ScimProblem invalidFilter when it is malformed or names anything else
   */
  static SearchCondition search(@Nullable String text, Map<String, SearchColumn> columns) {
    return text == null
        ? SearchCondition.ALL
        : new ScimFilterParser(text, ScimProblem::invalidFilter).parse().condition(columns);
  }

  private SearchCondition condition(Map<String, SearchColumn> columns) {
    return switch (this) {
      case And(var left, var right) ->
          SearchCondition.and(left.condition(columns), right.condition(columns));
      case Or(var left, var right) ->
          SearchCondition.or(left.condition(columns), right.condition(columns));
      case Not(var filter) -> SearchCondition.not(filter.condition(columns));
      case Present(var attribute) -> SearchCondition.present(column(columns, attribute));
      case Comparison(var attribute, var operator, var value) -> {
        try {
          yield SearchCondition.of(column(columns, attribute), operator, value);
        } catch (IllegalArgumentException e) {
          throw ScimProblem.invalidFilter(attribute + ": " + e.getMessage());
        }
      }
    };
  }

  private static SearchColumn column(Map<String, SearchColumn> columns, String attribute) {
    SearchColumn column = columns.get(attribute);
    if (column == null) {
      throw ScimProblem.invalidFilter(
          "Filters can name "
              + String.join(", ", columns.keySet().stream().sorted().toList())
              + ".");
    }
    return column;
  }

  /**
   * Whether one value of a multi-valued attribute is meant, as in {@code emails[type eq "work"]}.
   *
   * @param value sub-attribute → its text; null: it is absent
   * @throws ScimProblem invalidPath when the filter names another sub-attribute
   */
  default boolean selects(Map<String, @Nullable String> value) {
    return switch (this) {
      // Both sides, so that a wrong name is found whatever the other one says.
      case And(var left, var right) -> {
        boolean rightSelects = right.selects(value);
        yield left.selects(value) && rightSelects;
      }
      case Or(var left, var right) -> {
        boolean rightSelects = right.selects(value);
        yield left.selects(value) || rightSelects;
      }
      case Not(var filter) -> !filter.selects(value);
      case Present(var attribute) -> part(value, attribute) != null;
      case Comparison(var attribute, var operator, var wanted) ->
          compare(part(value, attribute), operator, wanted.toLowerCase(Locale.ROOT));
    };
  }

  private static @Nullable String part(Map<String, @Nullable String> value, String attribute) {
    if (!value.containsKey(attribute)) {
      throw ScimProblem.invalidPath("There is no sub-attribute " + attribute + ".");
    }
    String text = value.get(attribute);
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static boolean compare(@Nullable String text, Operator operator, String wanted) {
    if (text == null) {
      return false;
    }
    return switch (operator) {
      case EQ -> text.equals(wanted);
      case CO -> text.contains(wanted);
      case SW -> text.startsWith(wanted);
      case EW -> text.endsWith(wanted);
      case GT -> text.compareTo(wanted) > 0;
      case GE -> text.compareTo(wanted) >= 0;
      case LT -> text.compareTo(wanted) < 0;
      case LE -> text.compareTo(wanted) <= 0;
    };
  }
}
