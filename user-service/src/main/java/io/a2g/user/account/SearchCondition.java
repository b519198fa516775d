package io.a2g.user.account;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A condition of a directory's search. The SQL consists of constants of this package; every value
 * is a parameter.
 */
public final class SearchCondition {

  /** Meets everything. */
  public static final SearchCondition ALL = new SearchCondition("true", List.of());

  private static final SearchCondition NOTHING = new SearchCondition("false", List.of());

  /** How a column is compared with a value. */
  public enum Operator {
    EQ("="),
    GT(">"),
    GE(">="),
    LT("<"),
    LE("<="),
    /** Contains. */
    CO("LIKE"),
    /** Starts with. */
    SW("LIKE"),
    /** Ends with. */
    EW("LIKE");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }
  }

  private final String sql;
  private final List<Object> values;

  private SearchCondition(String sql, List<Object> values) {
    this.sql = sql;
    this.values = values;
  }

  /** SQL with a {@code ?} for each of {@link #values}. */
  String sql() {
    return sql;
  }

  /** Its values, and these after them. */
  List<Object> values(Object... more) {
    return Stream.concat(values.stream(), Stream.of(more)).toList();
  }

  /** Both. */
  public static SearchCondition and(SearchCondition left, SearchCondition right) {
    return joined(left, "AND", right);
  }

  /** One of them or both. */
  public static SearchCondition or(SearchCondition left, SearchCondition right) {
    return joined(left, "OR", right);
  }

  /** The opposite. A comparison with what is absent counts as not met, so this is met. */
  public static SearchCondition not(SearchCondition condition) {
    return new SearchCondition("NOT coalesce(" + condition.sql + ", false)", condition.values);
  }

  /** Met where the column has a value. */
  public static SearchCondition present(SearchColumn column) {
    return column.kind() == SearchColumn.Kind.MEMBER
        ? new SearchCondition(
            "EXISTS (SELECT FROM users.users m WHERE m.dept_code = k.code AND m.deleted_at IS NULL)",
            List.of())
        : new SearchCondition(column.sql() + " IS NOT NULL", List.of());
  }

  /**
   * A comparison.
   *
   * @throws IllegalArgumentException when the column cannot be compared so or with such a value;
   *     the message says why
   */
  public static SearchCondition of(SearchColumn column, Operator operator, String value) {
    return switch (column.kind()) {
      case TEXT -> text(column, operator, "?", value);
      case FOLDED -> text(column, operator, "lower(?)", value.toLowerCase(Locale.ROOT));
      case TIME -> compared(column, ordered(operator), "?", time(value));
      case TRUTH -> compared(column, equality(operator), "?", truth(value));
      case ID, MEMBER -> id(column, equality(operator), value);
    };
  }

  private static SearchCondition text(
      SearchColumn column, Operator operator, String parameter, String value) {
    String like = value.replaceAll("[!%_]", "!$0");
    return switch (operator) {
      case CO -> compared(column, operator, parameter + " ESCAPE '!'", "%" + like + "%");
      case SW -> compared(column, operator, parameter + " ESCAPE '!'", like + "%");
      case EW -> compared(column, operator, parameter + " ESCAPE '!'", "%" + like);
      case EQ, GT, GE, LT, LE -> compared(column, operator, parameter, value);
    };
  }

  private static SearchCondition id(SearchColumn column, Operator operator, String value) {
    if (!value.matches("[0-9]{1,18}")) {
      return NOTHING;
    }
    return column.kind() == SearchColumn.Kind.ID
        ? compared(column, operator, "?", Long.valueOf(value))
        : compared(
            column,
            operator,
            "(SELECT m.dept_code FROM users.users m WHERE m.id = ? AND m.deleted_at IS NULL)",
            Long.valueOf(value));
  }

  private static SearchCondition compared(
      SearchColumn column, Operator operator, String parameter, Object value) {
    return new SearchCondition(column.sql() + " " + operator.sql + " " + parameter, List.of(value));
  }

  private static SearchCondition joined(SearchCondition left, String word, SearchCondition right) {
    List<Object> values = new ArrayList<>(left.values);
    values.addAll(right.values);
    return new SearchCondition(
        "(" + left.sql + " " + word + " " + right.sql + ")", List.copyOf(values));
  }

  private static Operator ordered(Operator operator) {
    return switch (operator) {
      case CO, SW, EW -> throw new IllegalArgumentException("A time has no parts of a text.");
      case EQ, GT, GE, LT, LE -> operator;
    };
  }

  private static Operator equality(Operator operator) {
    if (operator != Operator.EQ) {
      throw new IllegalArgumentException("This attribute is equal to a value or is not.");
    }
    return operator;
  }

  private static OffsetDateTime time(String value) {
    try {
      return OffsetDateTime.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("A time is written as 2026-12-01T09:00:00Z.", e);
    }
  }

  private static Boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("This attribute is true or false.");
    };
  }
}
