package io.a2g.agent;

import io.a2g.common.testkit.OrphanContractIT;
import java.sql.SQLException;

class OrphansIT extends OrphanContractIT {

  OrphansIT() {
    super("agents.owner_id");
  }

  @Override
  protected long plant() throws SQLException {
    return insert(
        "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, gen_random_uuid()::text, 'ADK') RETURNING id"
            .formatted(NOBODY));
  }

  @Override
  protected String repaired() {
    return "deleted_at IS NOT NULL AND version = 1";
  }
}
