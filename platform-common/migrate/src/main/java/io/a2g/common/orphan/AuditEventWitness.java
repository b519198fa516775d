package io.a2g.common.orphan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes to the {@code audit_events} of a schema what somebody repairs without a request. */
public final class AuditEventWitness implements RepairWitness {

  private static final int MAX_CLIENT = 200;

  private final String schema;
  private final String client;

  /**
   * Of one schema.
   *
   * @param client which program, and on whose order
   */
  public AuditEventWitness(String schema, String client) {
    this.schema = schema;
    this.client = client.substring(0, Math.min(client.length(), MAX_CLIENT));
  }

  @Override
  public void repaired(Connection connection, long findingId, RepairReport.Row row)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO %s.audit_events (action, resource_type, resource_id, after, user_agent)
            VALUES ('orphan.repaired', 'orphan', ?, jsonb_build_object(
              'reference', ?::text, 'row_id', ?::bigint, 'target_id', ?::text, 'kind', ?::text, 'action', ?::text), ?)
            """
                .formatted(AuditedReference.quoted(schema)))) {
      insert.setString(1, Long.toString(findingId));
      insert.setString(2, row.reference());
      insert.setObject(3, row.rowId());
      insert.setString(4, row.targetId());
      insert.setString(5, row.kind().text());
      insert.setString(6, row.action().name());
      insert.setString(7, client);
      insert.executeUpdate();
    }
  }
}
