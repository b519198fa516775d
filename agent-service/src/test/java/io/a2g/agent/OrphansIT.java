package io.a2g.agent;

import io.a2g.common.testkit.OrphanContractIT;
import io.a2g.common.testkit.TestAgents;

class OrphansIT extends OrphanContractIT {

  OrphansIT() {
    super("agents.owner_id");
  }

  @Override
  protected long plant() {
    return new TestAgents(database()).of(NOBODY);
  }

  @Override
  protected String repaired() {
    return "deleted_at IS NOT NULL AND version = 1";
  }
}
