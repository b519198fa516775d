package io.a2g.user;

import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ServiceIdentity;
import java.util.Map;

class OfflineSqlIT extends AbstractOfflineSqlIT {

  OfflineSqlIT() {
    super(
        new ServiceIdentity("user-service", PlatformSchema.USERS),
        UserServiceApplication.class,
        Map.of());
  }
}
