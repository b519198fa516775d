/** Rows brought to a new form in small batches, outside Flyway: resumable, throttled, seen. */
@NullMarked
package io.a2g.common.migrate.backfill;

import org.jspecify.annotations.NullMarked;
