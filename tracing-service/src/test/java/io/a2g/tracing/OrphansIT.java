package io.a2g.tracing;

import io.a2g.common.testkit.OrphanContractIT;
import java.sql.SQLException;

class OrphansIT extends OrphanContractIT {

  OrphansIT() {
    super("trace_metadata.session_id");
  }

  @Override
  protected long plant() throws SQLException {
    return insert(
        "INSERT INTO tracing.trace_metadata (trace_id, user_id, session_id, started_at) VALUES (replace(gen_random_uuid()::text, '-', ''), 1, %d, now()) RETURNING id"
            .formatted(NOBODY));
  }

  @Override
  protected String repaired() {
    return "session_id IS NULL AND deleted_at IS NULL AND version = 1";
  }
}
