/** Usage: requests, tokens and cost, counted per day, user, agent and model. */
@NullMarked
package io.a2g.admin.usage;

import org.jspecify.annotations.NullMarked;
