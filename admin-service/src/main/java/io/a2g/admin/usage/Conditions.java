package io.a2g.admin.usage;

import java.util.ArrayList;
import java.util.List;

/** A WHERE clause that grows, with its values. The texts are constants of this package. */
final class Conditions {

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  static Conditions of(UsageFilter filter) {
    Conditions where = new Conditions();
    where.and("day BETWEEN ? AND ?", filter.from(), filter.to());
    if (filter.userId() != null) {
      where.and("user_id = ?", filter.userId());
    }
    if (filter.agentId() != null) {
      where.and("agent_id = ?", filter.agentId());
    }
    if (filter.model() != null) {
      where.and("model = ?", filter.model());
    }
    return where;
  }

  void and(String condition, Object... more) {
    sql.append(sql.isEmpty() ? "" : " AND ").append(condition);
    values.addAll(List.of(more));
  }

  /**
   * Keeps what comes after a position in the order of the keys, which mixes directions, so that one
   * comparison of rows would not do.
   *
   * @param position one value for each key
   */
  void after(List<GroupKey> keys, List<Object> position) {
    StringBuilder condition = new StringBuilder();
    List<Object> more = new ArrayList<>();
    for (int i = keys.size() - 1; i >= 0; i--) {
      GroupKey key = keys.get(i);
      String beyond = key.order() + (key.descending() ? " < ?" : " > ?");
      if (!condition.isEmpty()) {
        condition.insert(0, beyond + " OR (" + key.order() + " = ? AND (").append("))");
        more.add(0, position.get(i));
      } else {
        condition.append(beyond);
      }
      more.add(0, position.get(i));
    }
    // Follows from the rest; said for the index.
    GroupKey first = keys.getFirst();
    and(first.order() + (first.descending() ? " <= ?" : " >= ?"), position.getFirst());
    and("(" + condition + ")", more.toArray());
  }

  String sql() {
    return sql.toString();
  }

  List<Object> values() {
    return values;
  }
}
