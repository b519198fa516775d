/**
 * Proves that migrations go up, down and up again with rows in the tables, in a shadow database.
 */
@NullMarked
package io.a2g.common.migrate.rehearsal;

import org.jspecify.annotations.NullMarked;
