/** Secrets come from the environment or from files, never from the configuration itself. */
@NullMarked
package io.a2g.common.secret;

import org.jspecify.annotations.NullMarked;
