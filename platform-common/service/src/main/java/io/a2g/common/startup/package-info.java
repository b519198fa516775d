/** Flyway on start-up, in the background, reported by the readiness probe. */
@NullMarked
package io.a2g.common.startup;

import org.jspecify.annotations.NullMarked;
