package io.a2g.common.migrate.orphan;

import io.a2g.common.migrate.orphan.ReferenceRows.Row;
import io.a2g.common.topology.Reference.OnDelete;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.TargetStates;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells which rows of one reference are wrong. */
final class RowCheck {

  private final TargetStates states;
  private final ScannedReference reference;
  private final ReferenceTarget target;

  /**
   * Of one reference.
   *
   * @throws NotScanned when its target is unknown
   */
  RowCheck(TargetStates states, ScannedReference reference) {
    this.states = states;
    this.reference = reference;
    this.target = reference.knownTarget();
  }

  /** What is wrong with a row. */
  record Wrong(OrphanKind kind, String value) {}

  /**
   * The wrong ones among these rows, by their ids.
   *
   * @throws NotScanned when the target cannot be asked
   */
  Map<Long, Wrong> wrong(Collection<Row> rows) {
    Map<Long, Boolean> live = ask(rows);
    Map<Long, Wrong> wrong = new TreeMap<>();
    for (Row row : rows) {
      OrphanKind kind = row.value() == null ? null : kind(row.value(), live);
      if (kind != null) {
        wrong.put(row.id(), new Wrong(kind, shortened(String.valueOf(row.value()))));
      }
    }
    return wrong;
  }

  private Map<Long, Boolean> ask(Collection<Row> rows) {
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
      return states.statesOf(target, ids);
    } catch (RuntimeException e) {
      throw NotScanned.because(target, e);
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
  private static String shortened(String value) {
    return value.codePointCount(0, value.length()) <= FindingsTable.MAX_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, FindingsTable.MAX_VALUE));
  }
}
