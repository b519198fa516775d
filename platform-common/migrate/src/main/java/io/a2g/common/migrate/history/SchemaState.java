package io.a2g.common.migrate.history;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.catalogue.Catalogue;
import io.a2g.common.migrate.catalogue.ObjectName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The structure that versioned migrations account for. What repeatable files make changes without a
 * version. What {@code afterMigrate} scripts add, such as the pgvector form of a column, comes and
 * goes with the server and stands in {@code db/after-migrate-objects.txt}, one object per line.
 */
final class SchemaState {

  private SchemaState() {}

  static Catalogue read(Connection connection, Target target) throws SQLException {
    Catalogue all = Catalogue.read(connection, target.schema());
    Set<String> followUps =
        target.files().read("after-migrate-objects.txt").stream()
            .flatMap(String::lines)
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.toSet());
    Predicate<ObjectName> repeated =
        Repeatables.madeBy(target.files(), target.files().repeatables());
    return all.without(repeated.or(name -> followUps.contains(name.toString())));
  }

  static String fingerprint(Connection connection, Target target) throws SQLException {
    return read(connection, target).fingerprint();
  }
}
