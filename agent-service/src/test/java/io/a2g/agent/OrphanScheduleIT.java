package io.a2g.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a2g.common.testkit.TestAgents;
import io.a2g.common.testkit.http.Api;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The scan for orphans runs by the clock. */
@DirtiesContext // It audits all the time, which other tests do not expect.
@TestPropertySource(
    properties = {
      "platform.references.audit-interval=PT0.5S",
      "platform.references.confirm-after=PT0.2S"
    })
class OrphanScheduleIT extends AgentIT {

  @Test
  void orphanIsConfirmedByTheClockAndResolvedByItself() {
    Api admin = as(users().admin());
    TestAgents agents = new TestAgents(database());
    long agent = agents.of(999_999_998);

    await().atMost(30, SECONDS).until(() -> reported(admin, true));

    agents.delete(agent);
    await().atMost(30, SECONDS).until(() -> !reported(admin, true));
    assertThat(reported(admin, false)).isTrue();
  }

  private static boolean reported(Api admin, boolean confirmed) {
    return admin
        .get("/api/v1/orphans?limit=200&confirmed=" + confirmed)
        .expect(200)
        .text()
        .contains("\"999999998\"");
  }
}
