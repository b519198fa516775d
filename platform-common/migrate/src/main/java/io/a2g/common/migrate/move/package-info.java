/** Moves one schema to another database: rows, counters, proof, and the way closed behind it. */
@NullMarked
package io.a2g.common.migrate.move;

import org.jspecify.annotations.NullMarked;
