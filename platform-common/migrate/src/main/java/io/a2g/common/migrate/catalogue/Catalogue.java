package io.a2g.common.migrate.catalogue;

import io.a2g.common.secret.Sha256;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Everything one schema consists of, each object with the definition that PostgreSQL prints for it,
 * so that two of them compare without any knowledge of SQL.
 *
 * <p>Left out: owners and grants; the order of columns; what the migration tool keeps for itself;
 * what extensions own; and the partitions of a table that is partitioned by time, which the service
 * makes and drops as time goes by (the default partition stays).
 */
public final class Catalogue {

  private final SortedMap<ObjectName, String> objects;

  Catalogue(SortedMap<ObjectName, String> objects) {
    this.objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
  }

  /**
   * Reads a schema in one round trip or two. A transaction of the caller goes on, and sees its own
   * changes.
   *
   * @param schema its name; one that does not exist is an empty one
   */
  public static Catalogue read(Connection connection, String schema) throws SQLException {
    return new Catalogue(CatalogueReader.read(connection, schema));
  }

  /** Every object with its definition, in a fixed order. */
  public SortedMap<ObjectName, String> objects() {
    return objects;
  }

  /** True when the schema has nothing in it. */
  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** The same without some objects. */
  public Catalogue without(Predicate<ObjectName> unwanted) {
    var kept = new TreeMap<>(objects);
    kept.keySet().removeIf(unwanted);
    return new Catalogue(kept);
  }

  /** SHA-256 of {@link #text()}, 64 hex digits: equal exactly when nothing differs. */
  public String fingerprint() {
    return HexFormat.of().formatHex(Sha256.of(text()));
  }

  /** One object after the other; the further lines of a definition are indented. */
  public String text() {
    return objects.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue().replace("\n", "\n  ") + "\n")
        .collect(Collectors.joining());
  }

  /**
   * What differs; empty when nothing does. Of a table that one side lacks, only the table is named,
   * not its parts.
   */
  public List<Difference> differences(Catalogue other) {
    var names = new TreeSet<>(objects.keySet());
    names.addAll(other.objects.keySet());
    var differences = new ArrayList<Difference>();
    for (ObjectName name : names) {
      String ours = objects.get(name);
      String theirs = other.objects.get(name);
      boolean partOfMissing = lacksTableOf(name) || other.lacksTableOf(name);
      if (!partOfMissing && (ours == null || !ours.equals(theirs))) {
        differences.add(new Difference(name.kind(), name.label(), ours, theirs));
      }
    }
    return List.copyOf(differences);
  }

  private boolean lacksTableOf(ObjectName part) {
    return !part.table().isEmpty()
        && !objects.containsKey(new ObjectName(Kind.TABLE, "", part.table()))
        && !objects.containsKey(new ObjectName(Kind.VIEW, "", part.table()));
  }
}
