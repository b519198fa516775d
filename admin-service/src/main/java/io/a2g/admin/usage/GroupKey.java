package io.a2g.admin.usage;

import java.util.Locale;

/** What sums can be grouped by; also the order in which they are sorted. */
public enum GroupKey {
  /** Newest first. */
  DAY("day", "date", "day", true),
  USER("user_id", "bigint", "user_id", false),
  /** Usage without an agent comes last; no identity reaches the largest number. */
  AGENT("agent_id", "bigint", "coalesce(agent_id, 9223372036854775807)", false),
  MODEL("model", "text", "model", false);

  /** Stands for "no agent" where agents are sorted. */
  static final long NO_AGENT = Long.MAX_VALUE;

  private final String column;
  private final String type;
  private final String order;
  private final boolean descending;

  GroupKey(String column, String type, String order, boolean descending) {
    this.column = column;
    this.type = type;
    this.order = order;
    this.descending = descending;
  }

  String column() {
    return column;
  }

  /** What to select when sums are not grouped by this. */
  String absent() {
    return "NULL::" + type;
  }

  /** The expression that sorts, never null. */
  String order() {
    return order;
  }

  boolean descending() {
    return descending;
  }

  /** True for the name of the field in answers and filters, and for the short one. */
  public boolean isCalled(String word) {
    return word.equals(column) || word.equals(name().toLowerCase(Locale.ROOT));
  }
}
