package io.a2g.common.reference;

import io.a2g.common.readiness.SchemaReady;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.Reference;
import io.a2g.common.topology.ReferenceTarget;
import io.a2g.common.topology.ServiceIdentity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The references of this service. What the code checks and what the schema tells the owners of the
 * targets must be the same, else something could be deleted under a row; a service where they
 * differ does not become ready.
 */
public final class DeclaredReferences {

  private final ServiceIdentity service;
  private final JdbcClient jdbc;

  DeclaredReferences(ServiceIdentity service, JdbcClient jdbc) {
    this.service = service;
    this.jdbc = jdbc;
  }

  /** All of them. */
  public List<Reference> all() {
    return service.references();
  }

  /** The schema that holds them. */
  public PlatformSchema schema() {
    return service.schema();
  }

  /**
   * Compares code and schema.
   *
   * @throws IllegalStateException naming what only one of the two has
   */
  @EventListener(SchemaReady.class)
  public void requireSameInSchema() {
    if (all().isEmpty()) {
      return;
    }
    Set<String> inCode = all().stream().map(Object::toString).collect(Collectors.toSet());
    Set<String> inSchema =
        jdbc.sql(
                "SELECT table_name, column_name, nullable, target, on_delete, on_orphan FROM "
                    + service.schemaName()
                    + ".declared_references")
            .query((row, number) -> read(row).toString())
            .set();
    if (!inCode.equals(inSchema)) {
      throw new IllegalStateException(
          "%s.declared_references is not what this release declares: %s"
              .formatted(service.schemaName(), difference(inCode, inSchema)));
    }
  }

  private static Set<String> difference(Set<String> a, Set<String> b) {
    Set<String> one = new HashSet<>(a);
    one.removeAll(b);
    Set<String> other = new HashSet<>(b);
    other.removeAll(a);
    one.addAll(other);
    return one;
  }

  private static Reference read(ResultSet row) throws SQLException {
    String target = row.getString("target");
    return new Reference(
        row.getString("table_name"),
        row.getString("column_name"),
        row.getBoolean("nullable"),
        ReferenceTarget.ofTable(target)
            .orElseThrow(() -> new IllegalStateException("unknown target " + target)),
        Reference.OnDelete.valueOf(row.getString("on_delete")),
        Reference.OnOrphan.valueOf(row.getString("on_orphan")));
  }
}
