package io.a2g.agent.registry;

import java.util.List;

/**
 * Where owners' names come from: with the agents, in one statement, where the users schema is in
 * the same database; else from user-service, in one call for a page.
 */
interface OwnerDirectory {

  /** SQL that joins names as {@code o} to the one agent {@code a}. */
  String joinToAgent();

  /** SQL of a query for the names of the owners in {@code page}, with their {@code id}. */
  String ofPage();

  /** The agents with their owners' names, as far as the SQL did not bring them. */
  List<AgentView> complete(List<AgentView> agents);
}
