package io.a2g.agent.registry;

import io.a2g.common.error.ConstraintProblem;
import io.a2g.common.purge.Purgeable;
import io.a2g.common.topology.ReferenceTarget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

  @Bean
  Purgeable deletedAgents() {
    return Purgeable.target(ReferenceTarget.of("agent"));
  }

  @Bean
  ConstraintProblem agentNameTaken() {
    return new ConstraintProblem(
        "agents_owner_id_name_live_key", "name", "This owner has an agent of this name already.");
  }
}
