package io.a2g.agent;

import io.a2g.common.migrate.MigratedService;
import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import java.util.Map;

class OfflineSqlIT extends AbstractOfflineSqlIT {

  OfflineSqlIT() {
    super(
        new MigratedService(
            "agent-service",
            PlatformSchema.AGENTS,
            Map.of("a2g.embedding_dimension", "EMBEDDING_DIMENSION")),
        AgentServiceApplication.class,
        Map.of("EMBEDDING_DIMENSION", "64"));
  }
}
