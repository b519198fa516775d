/** Rows for the tables of a shadow database, so that migrations meet data. */
@NullMarked
package io.a2g.common.migrate.seed;

import org.jspecify.annotations.NullMarked;
