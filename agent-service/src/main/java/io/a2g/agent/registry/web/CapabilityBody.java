package io.a2g.agent.registry.web;

import io.a2g.agent.registry.Capability;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an agent can do.
 *
 * @param name unique within the agent whatever its case
 * @param tags words to find it by; none when absent
 */
record CapabilityBody(
    @NotBlank @Size(max = 100) String name,
    @Size(max = 500) @Nullable String description,
    @Size(max = 20) @Nullable List<@NotBlank @Size(max = 50) String> tags) {

  static List<CapabilityBody> of(List<Capability> capabilities) {
    return capabilities.stream()
        .map(known -> new CapabilityBody(known.name(), known.description(), known.tags()))
        .toList();
  }

  static List<Capability> capabilities(List<CapabilityBody> bodies) {
    return bodies.stream()
        .map(body ->
            new Capability(
                body.name(), body.description(), body.tags() == null ? List.of() : body.tags()))
        .toList();
  }
}
