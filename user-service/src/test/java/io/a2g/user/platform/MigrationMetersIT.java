package io.a2g.user.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.PlatformIT;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What deploy/alerts/migrations.rules.yml relies on. */
class MigrationMetersIT extends PlatformIT {

  @Test
  void prometheusShowsThemToAdministratorsOnly() {
    anonymous().get("/actuator/prometheus").expectProblem(401, "unauthenticated");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(as(users().admin()).get("/actuator/prometheus").expect(200).text())
                .contains("db_migration_pending{")
                .contains("db_migration_failed{")
                .contains("db_migration_hold_seconds{")
                .contains("db_migration_running_seconds{")
                .contains("db_migration_current_info{")
                .containsPattern("version=\"\\d{8}\\.\\d{4}\""));
  }
}
