package io.a2g.agent.registry;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;

import io.a2g.common.json.Name;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an agent can do.
 *
 * @param name unique within the agent whatever its case
 * @param tags words to find it by; none when absent
 */
@Schema(name = "CapabilityBody")
public record Capability(
    @NotNull @Name @Size(min = 1, max = 100) String name,
    @Size(max = 500) @Nullable String description,
    @Schema(requiredMode = NOT_REQUIRED) @Size(max = 20)
        List<@NotBlank @Size(max = 50) String> tags) {

  /** Takes absent tags for none. */
  public Capability {
    tags = tags == null ? List.of() : tags;
  }
}
