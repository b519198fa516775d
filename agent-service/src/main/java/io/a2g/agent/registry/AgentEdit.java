package io.a2g.agent.registry;

import io.a2g.common.error.InvalidRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an agent can be edited. The status is not among it: it has operations of its own.
 *
 * @param name unique among the owner's live agents whatever its case
 * @param endpointUrl where the agent runs; null until known
 * @param visibility who may use the agent once it is deployed
 */
public record AgentEdit(
    String name,
    @Nullable String description,
    Framework framework,
    @Nullable String endpointUrl,
    Visibility visibility,
    List<Capability> capabilities) {

  /**
   * Checks what concerns several fields at once.
   *
   * @throws InvalidRequest when two capabilities have one name
   */
  public AgentEdit {
    capabilities = List.copyOf(capabilities);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < capabilities.size(); i++) {
      if (!names.add(capabilities.get(i).name().toLowerCase(Locale.ROOT))) {
        throw new InvalidRequest(
            "capabilities[" + i + "].name", "duplicate", "is the name of another capability");
      }
    }
  }

  /** The same with these capabilities. */
  public AgentEdit withCapabilities(List<Capability> others) {
    return new AgentEdit(name, description, framework, endpointUrl, visibility, others);
  }
}
