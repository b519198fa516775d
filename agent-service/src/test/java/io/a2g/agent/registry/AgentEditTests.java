package io.a2g.agent.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a2g.common.error.InvalidRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentEditTests {

  @Test
  void capabilitiesOfOneNameInAnyCaseAreRefused() {
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> edit("search", "sum", "SEARCH").requireDistinctCapabilities())
        .satisfies(failure ->
            assertThat(failure.errors().getFirst().field()).isEqualTo("capabilities[2].name"));
  }

  @Test
  void withCapabilitiesChangesNothingElse() {
    AgentEdit edit = edit("search");

    AgentEdit other = edit.withCapabilities(List.of());

    assertThat(other.capabilities()).isEmpty();
    assertThat(other.withCapabilities(edit.capabilities())).isEqualTo(edit);
  }

  private static AgentEdit edit(String... capabilities) {
    return new AgentEdit(
        "name",
        "description",
        Framework.ADK,
        "http://agent.example/",
        Visibility.TEAM,
        List.of(capabilities).stream().map(name -> new Capability(name, null, List.of())).toList());
  }
}
