/** Agents: registration, capabilities, life cycle, who may see and use them. */
@NullMarked
package io.a2g.agent.registry;

import org.jspecify.annotations.NullMarked;
