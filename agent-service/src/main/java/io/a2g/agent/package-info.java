/** The agent service. */
@NullMarked
package io.a2g.agent;

import org.jspecify.annotations.NullMarked;
