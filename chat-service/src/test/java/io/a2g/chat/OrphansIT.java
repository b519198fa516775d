package io.a2g.chat;

import io.a2g.common.testkit.OrphanContractIT;
import java.sql.SQLException;

class OrphansIT extends OrphanContractIT {

  OrphansIT() {
    super("chat_sessions.agent_id");
  }

  @Override
  protected long plant() throws SQLException {
    return insert(
        "INSERT INTO chat.chat_sessions (user_id, agent_id, trace_id) VALUES (%d, %d, replace(gen_random_uuid()::text, '-', '')) RETURNING id"
            .formatted(users().user().id(), NOBODY));
  }

  @Override
  protected String repaired() {
    return "deleted_at IS NOT NULL AND version = 1";
  }
}
