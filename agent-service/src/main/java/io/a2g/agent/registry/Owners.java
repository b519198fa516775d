package io.a2g.agent.registry;

import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.topology.Reference;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the users schema tells about owners. */
@Component
class Owners {

  static final Reference OWNER = Reference.of("agent-service", "agents.owner_id");

  private final TargetNames names;

  Owners(TargetNames names) {
    this.names = names;
  }

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
