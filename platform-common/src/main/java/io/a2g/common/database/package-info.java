/** Database settings from the environment, and defaults every service shares. */
@NullMarked
package io.a2g.common.database;

import org.jspecify.annotations.NullMarked;
