package io.a2g.common.migrate.backup;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table after a restore.
 *
 * @param backup rows in the backup; null when the backup has no such table
 * @param restored rows in the new database; null when it has no such table
 */
public record RestoredTable(
    String schema, String table, @Nullable Long backup, @Nullable Long restored) {

  /** Whether the table is there with as many rows as it had. */
  public boolean equal() {
    return backup != null && backup.equals(restored);
  }

  static List<RestoredTable> compare(
      String schema, Map<String, Long> backup, Map<String, Long> restored) {
    var names = new TreeSet<>(backup.keySet());
    names.addAll(restored.keySet());
    return names.stream()
        .map(name -> new RestoredTable(schema, name, backup.get(name), restored.get(name)))
        .toList();
  }
}
