package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** All an agent can do. */
record CapabilitiesBody(
    @NotNull @Size(max = 50) List<@NotNull @Valid CapabilityBody> capabilities) {

  static CapabilitiesBody of(AgentView agent) {
    return new CapabilitiesBody(CapabilityBody.of(agent.capabilities()));
  }
}
