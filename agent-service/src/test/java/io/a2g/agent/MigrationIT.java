package io.a2g.agent;

import io.a2g.common.testkit.MigrationContractIT;
import io.a2g.common.topology.PlatformSchema;

class MigrationIT extends MigrationContractIT {

  MigrationIT() {
    super(PlatformSchema.of("agents"));
  }
}
