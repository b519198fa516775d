package io.a2g.agent.registry;

import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.topology.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What agents refer to in other schemas: their owners. */
@Component
class AgentReferences {

  static final Reference OWNER = Reference.of("agent-service", "agents.owner_id");

  private final TargetNames names;

  AgentReferences(TargetNames names) {
    this.names = names;
  }

  /**
   * The user who owns an agent.
   *
   * @param deptCode the department, which is the team; null when there is none
   */
  record Owner(long id, @Nullable String deptCode) {}

  /** A live user, who stays live until the transaction ends. */
  Owner pin(long id) {
    return owner(id, names.pinned(OWNER.to(id)));
  }

  /** A user, deleted or not. */
  Owner find(long id) {
    return owner(id, names.now(OWNER.target(), List.of(id)).getOrDefault(id, Names.UNKNOWN));
  }

  private static Owner owner(long id, Names names) {
    return new Owner(id, names.get("dept_code"));
  }
}
