package io.a2g.common.topology;

import org.jspecify.annotations.Nullable;

/**
 * A column that points into another schema, where no foreign key can help. Each service declares
 * its references once, in the resource {@code references/<service>.conf}; the check on write, the
 * question before a deletion, the search for orphans and the tests follow from that. Migrations end
 * with writing them to the schema's table {@code declared_references}, for those who ask the
 * database.
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

  /**
   * The reference that a service on the class path declares.
   *
   * @param service such as {@code agent-service}
   * @param name such as {@code agents.owner_id}
   * @throws IllegalArgumentException when it declares none of that name
   */
  public static Reference of(String service, String name) {
    return ServiceIdentity.of(service).references().stream()
        .filter(reference -> reference.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s does not declare %s".formatted(ServiceIdentity.referencesFile(service), name)));
  }

  /** The reference of a line: name, nullable or required, target, on delete, on orphan. */
  static Reference read(WordLines.Line line) {
    line.requireWords(5, "<table>.<column> <nullable or required> <target> <deletion> <repair>");
    String[] name = line.word(0).split("\\.", -1);
    if (name.length != 2 || !line.word(1).matches("nullable|required")) {
      throw line.wrong(
          "begins with neither <table>.<column> nullable nor <table>.<column> required");
    }
    OnDelete onDelete = line.constant(3, OnDelete.class);
    OnOrphan onOrphan = line.constant(4, OnOrphan.class);
    boolean nullable = line.word(1).equals("nullable");
    try {
      ReferenceTarget target = ReferenceTarget.of(line.word(2));
      return new Reference(name[0], name[1], nullable, target, onDelete, onOrphan);
    } catch (IllegalArgumentException e) {
      throw line.wrong(String.valueOf(e.getMessage()));
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
