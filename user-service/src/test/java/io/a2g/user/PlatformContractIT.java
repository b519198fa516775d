package io.a2g.user;

import io.a2g.common.testkit.ApiContractIT;
import io.a2g.common.testkit.JobContractIT;
import io.a2g.common.testkit.MigrationContractIT;
import io.a2g.common.testkit.RefusalContractIT;
import io.a2g.common.testkit.database.AbstractOfflineSqlIT;
import io.a2g.common.topology.ServiceIdentity;
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
      super(ServiceIdentity.of("user-service"), UserServiceApplication.class, Map.of());
    }
  }
}
