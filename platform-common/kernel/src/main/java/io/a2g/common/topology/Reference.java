package io.a2g.common.topology;

import org.jspecify.annotations.Nullable;

/**
 * A column that points into another schema, where no foreign key can help. Each service declares
 * its references as constants and as beans; the check on write, the question before a deletion, the
 * audit, the documentation and the tests follow from the declaration. The same stands as a row in
 * the schema's table {@code declared_references}, which a migration writes and a test compares.
 *
 * @param table the table that holds the column, in the service's own schema
 * @param column a {@code bigint}; the request field has the same name
 * @param nullable whether a row may do without
 * @param target what it points to
 * @param onDelete what deletion of the target does
 * @param onOrphan what repairs a row whose target is gone all the same
 */
public record Reference(
    String table,
    String column,
    boolean nullable,
    ReferenceTarget target,
    OnDelete onDelete,
    OnOrphan onOrphan) {

  /** What deletion of the target does while live rows refer to it. */
  public enum OnDelete {
    /** It is refused, 409, until the rows are deleted or handed over with {@code transfer_to}. */
    RESTRICT,
    /** It is allowed; the rows stay readable, and nothing new can refer to the target. */
    KEEP
  }

  /** What repairs a row whose target does not exist. */
  public enum OnOrphan {
    /** The row is marked deleted. */
    SOFT_DELETE,
    /** The column is emptied. */
    SET_NULL
  }

  /** Refuses a repair that the column forbids. */
  public Reference {
    if (onOrphan == OnOrphan.SET_NULL && !nullable) {
      throw new IllegalArgumentException(table + "." + column + " cannot be emptied");
    }
  }

  /** The name in reports, such as {@code agents.owner_id}. */
  public String name() {
    return table + "." + column;
  }

  /**
   * A value of this reference, ready to be checked.
   *
   * @param arguments what the target's pin function takes, the id first
   */
  public Pin to(@Nullable Object... arguments) {
    return target.pin(column, arguments);
  }
}
