package io.a2g.user;

import io.a2g.common.migrate.MigratedService;
import io.a2g.common.schema.PlatformSchema;
import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import java.util.Map;

class OfflineSqlIT extends AbstractOfflineSqlIT {

  OfflineSqlIT() {
    super(
        new MigratedService("user-service", PlatformSchema.USERS),
        UserServiceApplication.class,
        Map.of());
  }
}
