package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentEdit;
import io.a2g.agent.registry.Framework;
import io.a2g.agent.registry.Visibility;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of an agent can be changed; the target of a merge patch. */
record AgentUpdateRequest(
    @NotBlank @Size(max = 100) String name,
    @Size(max = 2000) @Nullable String description,
    @NotNull Framework framework,
    @Size(max = 2000) @HttpUrl @Nullable String endpointUrl,
    @NotNull Visibility visibility,
    @NotNull @Size(max = 50) List<@NotNull @Valid CapabilityBody> capabilities) {

  static AgentUpdateRequest of(AgentEdit edit) {
    return new AgentUpdateRequest(
        edit.name(),
        edit.description(),
        edit.framework(),
        edit.endpointUrl(),
        edit.visibility(),
        CapabilityBody.of(edit.capabilities()));
  }

  AgentEdit edit() {
    return new AgentEdit(
        name,
        description,
        framework,
        endpointUrl,
        visibility,
        CapabilityBody.capabilities(capabilities));
  }
}
