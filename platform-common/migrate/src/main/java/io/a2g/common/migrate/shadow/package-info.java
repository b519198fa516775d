/**
 * Databases for a moment, in which migrations run for comparison: what the schema should look like.
 */
@NullMarked
package io.a2g.common.migrate.shadow;

import org.jspecify.annotations.NullMarked;
