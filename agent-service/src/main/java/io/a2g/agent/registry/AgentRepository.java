package io.a2g.agent.registry;

import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of agents, as far as it is written; {@link AgentReader} reads it. */
interface AgentRepository extends Repository<Agent, Long> {

  Agent saveAndFlush(Agent agent);

  /**
   * An agent that the caller may change. Locks as a deletion does, so that transactions which pin
   * the agent come first or wait.
   */
  @Query(
      nativeQuery = true,
      value =
          """
          SELECT * FROM agents.agents
          WHERE id = :id AND (:admin OR owner_id = :callerId) FOR UPDATE
          """)
  Optional<Agent> findForUpdate(long id, long callerId, boolean admin);
}
