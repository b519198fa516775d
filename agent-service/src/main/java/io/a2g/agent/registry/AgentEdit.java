package io.a2g.agent.registry;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.json.Name;
import io.a2g.common.web.HttpUrl;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an agent can be edited; the target of a merge patch. The status is not among it: it has
 * operations of its own.
 *
 * @param name unique among the owner's live agents whatever its case
 * @param endpointUrl where the agent runs; null until known
 * @param visibility who may use the agent once it is deployed
 */
@Schema(name = "AgentUpdateRequest")
public record AgentEdit(
    @NotNull @Name @Size(min = 1, max = 100) String name,
    @Size(max = 2000) @Nullable String description,
    @NotNull Framework framework,
    @Size(max = 2000) @HttpUrl @Nullable String endpointUrl,
    @NotNull Visibility visibility,
    @NotNull @Size(max = 50) List<@NotNull @Valid Capability> capabilities) {

  /**
   * Checks what concerns several fields at once.
   *
   * @throws InvalidRequest when two capabilities have one name
   */
  void requireDistinctCapabilities() {
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
