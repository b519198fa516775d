/**
 * The migration log and the hold: the tables in which the tool keeps who changed a schema, and why.
 */
@NullMarked
package io.a2g.common.migrate.log;

import org.jspecify.annotations.NullMarked;
