package io.a2g.agent.registry;

import jakarta.persistence.Embeddable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an agent can do.
 *
 * @param name unique within the agent whatever its case
 * @param tags words to find it by
 */
@Embeddable
public record Capability(String name, @Nullable String description, List<String> tags) {}
