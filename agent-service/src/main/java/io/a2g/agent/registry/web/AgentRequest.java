package io.a2g.agent.registry.web;

import io.a2g.agent.registry.AgentEdit;
import io.a2g.agent.registry.Capability;
import io.a2g.agent.registry.Framework;
import io.a2g.agent.registry.Visibility;
import io.a2g.common.json.Name;
import io.a2g.common.web.HttpUrl;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new agent.
 *
 * @param endpointUrl where it runs; may follow later, before it is deployed
 * @param visibility PRIVATE when absent
 * @param capabilities none when absent
 * @param ownerId whose it is; absent: the caller's. Only an administrator may name another user.
 */
record AgentRequest(
    @NotNull @Name @Size(min = 1, max = 100) String name,
    @Size(max = 2000) @Nullable String description,
    @NotNull Framework framework,
    @Size(max = 2000) @HttpUrl @Nullable String endpointUrl,
    @Nullable Visibility visibility,
    @Size(max = 50) @Nullable List<@NotNull @Valid Capability> capabilities,
    @Nullable Long ownerId) {

  AgentEdit edit() {
    return new AgentEdit(
        name,
        description,
        framework,
        endpointUrl,
        visibility == null ? Visibility.PRIVATE : visibility,
        capabilities == null ? List.of() : capabilities);
  }
}
