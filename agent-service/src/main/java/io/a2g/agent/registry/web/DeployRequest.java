package io.a2g.agent.registry.web;

import io.a2g.agent.registry.Visibility;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A deployment.
 *
 * @param visibility for whom
 * @param reason kept in the agent's history
 */
record DeployRequest(
    @NotNull Audience visibility, @Size(min = 1, max = 500) @Nullable String reason) {

  /** Whom an agent can be deployed for; for the owner alone it need not be deployed. */
  enum Audience {
    TEAM,
    PUBLIC;

    Visibility visibility() {
      return switch (this) {
        case TEAM -> Visibility.TEAM;
        case PUBLIC -> Visibility.PUBLIC;
      };
    }
  }
}
