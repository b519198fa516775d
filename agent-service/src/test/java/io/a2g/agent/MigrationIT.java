package io.a2g.agent;

import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.MigrationContractIT;

class MigrationIT extends MigrationContractIT {

  MigrationIT() {
    super(PlatformSchema.AGENTS);
  }
}
