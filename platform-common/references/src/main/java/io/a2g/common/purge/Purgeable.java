package io.a2g.common.purge;

import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are marked deleted first and removed for good later. Declare as a bean.
 *
 * @param table qualified; has the columns {@code id} and {@code deleted_at}, and a partial index
 *     over the deleted rows
 * @param target what other schemas call these rows; null when none refers to them
 * @param dependents rows of the same schema that go with it, in this order: those that no foreign
 *     key removes, and those that may be so many that one statement does not remove them in time
 */
public record Purgeable(
    String table, @Nullable ReferenceTarget target, List<Dependent> dependents) {

  /**
   * Rows that go with a row.
   *
   * @param table qualified
   * @param column refers to {@code key}
   * @param key of the purgeable table, such as {@code id}
   */
  public record Dependent(String table, String column, String key) {}

  /** Rows that others may refer to. */
  public static Purgeable target(ReferenceTarget target, Dependent... dependents) {
    return new Purgeable(target.table(), target, List.of(dependents));
  }

  /** Rows that no other schema refers to. */
  public static Purgeable leaf(String table, Dependent... dependents) {
    return new Purgeable(table, null, List.of(dependents));
  }
}
