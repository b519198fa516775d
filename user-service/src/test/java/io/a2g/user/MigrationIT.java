package io.a2g.user;

import io.a2g.common.testkit.MigrationContractIT;
import io.a2g.common.topology.PlatformSchema;

class MigrationIT extends MigrationContractIT {

  MigrationIT() {
    super(PlatformSchema.USERS);
  }
}
