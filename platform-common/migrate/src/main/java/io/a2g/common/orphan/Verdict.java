package io.a2g.common.orphan;

import io.a2g.common.orphan.ReferenceRows.Row;
import io.a2g.common.topology.Reference.OnDelete;
import io.a2g.common.topology.ReferenceTarget;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which rows of one reference are wrong. */
final class Verdict {

  private final StatesSource states;
  private final AuditedReference reference;
  private final ReferenceTarget target;

  Verdict(StatesSource states, AuditedReference reference) throws NotAudited {
    this.states = states;
    this.reference = reference;
    this.target = reference.knownTarget();
  }

  /** What is wrong with a row. */
  record Wrong(OrphanKind kind, String value) {}

  /**
   * The wrong ones among these rows, by their ids.
   *
   * @throws NotAudited when the target cannot be asked
   */
  Map<Long, Wrong> of(Connection connection, Collection<Row> rows) throws NotAudited {
    Map<Long, Boolean> live = ask(connection, rows);
    Map<Long, Wrong> wrong = new TreeMap<>();
    for (Row row : rows) {
      OrphanKind kind = row.value() == null ? null : kind(row.value(), live);
      if (kind != null) {
        wrong.put(row.id(), new Wrong(kind, shortened(String.valueOf(row.value()))));
      }
    }
    return wrong;
  }

  private Map<Long, Boolean> ask(Connection connection, Collection<Row> rows) throws NotAudited {
    Set<Long> ids = new HashSet<>();
    for (Row row : rows) {
      Long id = row.value() == null ? null : id(row.value());
      if (id != null) {
        ids.add(id);
      }
    }
    if (ids.isEmpty()) {
      return Map.of();
    }
    try {
      return states.on(connection).statesOf(target, ids);
    } catch (RuntimeException e) {
      throw NotAudited.because(target, e);
    }
  }

  private @Nullable OrphanKind kind(String value, Map<Long, Boolean> live) {
    Long id = id(value);
    if (id == null) {
      return OrphanKind.TYPE_CHANGED;
    }
    Boolean state = live.get(id);
    if (state == null) {
      return OrphanKind.DANGLING;
    }
    return !state && reference.onDelete() == OnDelete.RESTRICT ? OrphanKind.DELETED_TARGET : null;
  }

  private static @Nullable Long id(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** As findings hold it. */
  static String shortened(String value) {
    return value.codePointCount(0, value.length()) <= FindingsTable.MAX_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, FindingsTable.MAX_VALUE));
  }

  static List<Long> idsOf(Collection<Row> rows) {
    return rows.stream().map(Row::id).collect(Collectors.toList());
  }
}
