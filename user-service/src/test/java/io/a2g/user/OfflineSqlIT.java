package io.a2g.user;

import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import io.a2g.common.topology.ServiceIdentity;
import java.util.Map;

class OfflineSqlIT extends AbstractOfflineSqlIT {

  OfflineSqlIT() {
    super(ServiceIdentity.of("user-service"), UserServiceApplication.class, Map.of());
  }
}
