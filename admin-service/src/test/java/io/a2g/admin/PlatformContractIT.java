package io.a2g.admin;

import io.a2g.common.testkit.ApiContractIT;
import io.a2g.common.testkit.JobContractIT;
import io.a2g.common.testkit.MigrationContractIT;
import io.a2g.common.testkit.RefusalContractIT;
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
}
