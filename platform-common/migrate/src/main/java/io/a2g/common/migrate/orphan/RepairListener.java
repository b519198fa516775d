package io.a2g.common.migrate.orphan;

import io.a2g.common.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** Records each repair. */
@FunctionalInterface
public interface RepairListener {

  /**
   * Called for each row in the transaction that repairs it: both are there or neither.
   *
   * @param findingId the finding that is resolved by it
   * @param row what is done to it
   */
  void repaired(Connection connection, long findingId, RepairReport.Row row) throws SQLException;

  /**
   * Writes to the {@code audit_events} of a schema what is repaired without a request.
   *
   * @param client which program, and on whose order; 200 characters are kept
   */
  static RepairListener auditEvents(String schema, String client) {
    String agent = client.substring(0, Math.min(client.length(), 200));
    return (connection, findingId, row) ->
        new Sql(connection)
            .update(
                """
                INSERT INTO %s.audit_events (action, resource_type, resource_id, after, user_agent)
                VALUES ('orphan.repaired', 'orphan', ?, jsonb_build_object(
                  'reference', ?::text, 'row_id', ?::bigint, 'target_id', ?::text, 'kind', ?::text, 'action', ?::text), ?)
                """
                    .formatted(Sql.name(schema)),
                Long.toString(findingId),
                row.reference(),
                row.rowId(),
                row.targetId(),
                row.kind().text(),
                row.action().name(),
                agent);
  }
}
