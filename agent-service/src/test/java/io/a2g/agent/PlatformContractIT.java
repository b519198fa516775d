package io.a2g.agent;

import io.a2g.common.testkit.ApiContractIT;
import io.a2g.common.testkit.JobContractIT;
import io.a2g.common.testkit.MigrationContractIT;
import io.a2g.common.testkit.OrphanContractIT;
import io.a2g.common.testkit.ReferenceContractIT;
import io.a2g.common.testkit.RefusalContractIT;
import io.a2g.common.testkit.TestAgents;
import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** What every service of the platform keeps. */
class PlatformContractIT {

  @Nested
  class Migrations extends MigrationContractIT {}

  @Nested
  class Documents extends ApiContractIT {}

  @Nested
  class Jobs extends JobContractIT {}

  @Nested
  class Refusals extends RefusalContractIT {}

  @Nested
  class OfflineSql extends AbstractOfflineSqlIT {

    OfflineSql() {
      super(
          AgentServiceApplication.SERVICE,
          AgentServiceApplication.class,
          Map.of("EMBEDDING_DIMENSION", "64"));
    }
  }

  @Nested
  class References extends ReferenceContractIT {}

  @Nested
  class Orphans extends OrphanContractIT {

    Orphans() {
      super("agents.owner_id");
    }

    @Override
    protected long plant() {
      return new TestAgents(database()).of(NOBODY);
    }
  }
}
