package io.a2g.agent.registry;

import static io.a2g.agent.registry.AgentStatus.ARCHIVED;
import static io.a2g.agent.registry.AgentStatus.DEPLOYED;
import static io.a2g.agent.registry.AgentStatus.DEVELOPMENT;
import static io.a2g.agent.registry.AgentStatus.DISABLED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentStatusTests {

  @Test
  void eachStatusLeadsToItsNextOnesOnly() {
    assertThat(nextOf(DEVELOPMENT)).containsExactly(DEPLOYED, DISABLED, ARCHIVED);
    assertThat(nextOf(DEPLOYED)).containsExactly(DEVELOPMENT, DISABLED, ARCHIVED);
    assertThat(nextOf(DISABLED)).containsExactly(DEVELOPMENT, ARCHIVED);
    assertThat(nextOf(ARCHIVED)).isEmpty();
  }

  private static List<AgentStatus> nextOf(AgentStatus status) {
    return Arrays.stream(AgentStatus.values()).filter(status::leadsTo).toList();
  }
}
