package io.a2g.agent.registry;

import org.jspecify.annotations.Nullable;

/**
 * The user who owns an agent, as the agents schema may know users.
 *
 * @param deptCode the department, which is the team; null when there is none
 */
record Owner(long id, @Nullable String deptCode) {}
