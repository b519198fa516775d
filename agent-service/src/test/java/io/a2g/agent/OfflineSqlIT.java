package io.a2g.agent;

import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.util.Map;

class OfflineSqlIT extends AbstractOfflineSqlIT {

  OfflineSqlIT() {
    super(
        new ServiceIdentity(
            "agent-service",
            PlatformSchema.AGENTS,
            Map.of("a2g.embedding_dimension", "EMBEDDING_DIMENSION")),
        AgentServiceApplication.class,
        Map.of("EMBEDDING_DIMENSION", "64"));
  }
}
