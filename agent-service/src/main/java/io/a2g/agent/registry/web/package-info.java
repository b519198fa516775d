/** Agents over HTTP. */
@NullMarked
package io.a2g.agent.registry.web;

import org.jspecify.annotations.NullMarked;
