package io.a2g.agent.registry.web;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A change of status; the body may be absent.
 *
 * @param reason kept in the agent's history
 */
record StepRequest(@Size(min = 1, max = 500) @Nullable String reason) {}
