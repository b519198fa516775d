package io.a2g.tracing;

import io.a2g.common.testkit.ApiContractIT;
import io.a2g.common.testkit.JobContractIT;
import io.a2g.common.testkit.MigrationContractIT;
import io.a2g.common.testkit.OrphanContractIT;
import io.a2g.common.testkit.ReferenceContractIT;
import io.a2g.common.testkit.RefusalContractIT;
import java.sql.SQLException;
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
  class References extends ReferenceContractIT {}

  @Nested
  class Orphans extends OrphanContractIT {

    Orphans() {
      super("trace_metadata.session_id");
    }

    @Override
    protected long plant() throws SQLException {
      return insert(
          "INSERT INTO tracing.trace_metadata (trace_id, user_id, session_id, started_at) VALUES (replace(gen_random_uuid()::text, '-', ''), 1, %d, now()) RETURNING id"
              .formatted(NOBODY));
    }
  }
}
