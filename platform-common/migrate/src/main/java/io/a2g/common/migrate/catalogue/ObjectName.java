package io.a2g.common.migrate.catalogue;

import java.util.Comparator;

/**
 * Names one object within its schema.
 *
 * @param kind what it is
 * @param table the table it is a part of; empty when it stands alone, as tables do
 * @param name its own name; with the types of the arguments for a function, and with what it is
 *     about for a comment
 */
public record ObjectName(Kind kind, String table, String name) implements Comparable<ObjectName> {

  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::kind)
          .thenComparing(ObjectName::table)
          .thenComparing(ObjectName::name);

  /** Such as {@code users.email} for a column. */
  public String label() {
    return table.isEmpty() || kind == Kind.COMMENT ? name : table + "." + name;
  }

  /** Kind and name, such as {@code column users.email}. */
  @Override
  public String toString() {
    return kind.text() + " " + label();
  }

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(this, other);
  }
}
