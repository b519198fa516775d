package io.a2g.agent.registry;

import io.a2g.agent.registry.AgentView.Owner;
import io.a2g.common.peer.Peers;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Scope;
import io.a2g.common.topology.PlatformSchema;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Where owners' names and e-mail addresses come from: with the agents, in one statement, where the
 * users schema is in the same database; else from user-service, in one call for a page, and perhaps
 * ten seconds old.
 */
@Component
class OwnerDirectory {

  private static final String NONE =
      """
      SELECT NULL::bigint AS id, NULL::text AS username, NULL::text AS username_kr,
             NULL::text AS username_en, NULL::text AS email WHERE false
      """;

  private final boolean remote;
  private final TargetNames names;

  OwnerDirectory(Peers peers, TargetNames names) {
    this.remote = peers.isRemote(PlatformSchema.USERS);
    this.names = names;
  }

  /** SQL that joins names and address as {@code o} to the one agent {@code a}. */
  String joinToAgent() {
    return remote
        ? "LEFT JOIN (" + NONE + ") o ON true "
        : "LEFT JOIN LATERAL users.user_contacts(ARRAY[a.owner_id]) o ON true ";
  }

  /** SQL of a query for the names of the owners in {@code page}, with their {@code id}. */
  String ofPage() {
    return remote
        ? NONE
        : """
        SELECT n.*, NULL::text AS email
        FROM users.user_names((SELECT array_agg(DISTINCT owner_id) FROM page)) n
        """;
  }

  /** The agents with their owners' names, as far as the SQL did not bring them. */
  List<AgentView> complete(List<AgentView> agents) {
    if (!remote) {
      return agents;
    }
    var owners = names.of(ReferenceTarget.USER, agents.stream().map(AgentView::ownerId).toList());
    return agents.stream().map(agent -> agent.ownedBy(owner(agent, owners))).toList();
  }

  /** The agent with its owner's names, and with the address if the caller may read it. */
  AgentView complete(Caller caller, AgentView agent) {
    // The rule of user-service for reading a user.
    boolean email = caller.mayAct(agent.ownerId()) && caller.scopes().allow(Scope.of("users:read"));
    if (!remote) {
      return email ? agent : agent.ownedBy(agent.owner().withoutEmail());
    }
    List<Long> ids = List.of(agent.ownerId());
    var owners = email ? names.contactsOf(ids) : names.of(ReferenceTarget.USER, ids);
    return agent.ownedBy(owner(agent, owners));
  }

  private static Owner owner(AgentView agent, Map<Long, Names> owners) {
    long id = agent.ownerId();
    Names known = owners.getOrDefault(id, Names.UNKNOWN);
    return new Owner(
        id,
        known.get("username"),
        known.get("username_kr"),
        known.get("username_en"),
        known.get("email"));
  }
}
