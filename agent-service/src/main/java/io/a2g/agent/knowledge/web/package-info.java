/** Knowledge of agents over HTTP. */
@NullMarked
package io.a2g.agent.knowledge.web;

import org.jspecify.annotations.NullMarked;
