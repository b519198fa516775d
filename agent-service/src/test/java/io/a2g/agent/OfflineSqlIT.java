package io.a2g.agent;

import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import java.util.Map;

class OfflineSqlIT extends AbstractOfflineSqlIT {

  OfflineSqlIT() {
    super(
        AgentServiceApplication.SERVICE,
        AgentServiceApplication.class,
        Map.of("EMBEDDING_DIMENSION", "64"));
  }
}
