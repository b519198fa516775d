/** How long log entries are kept, and the upkeep of their partitions. */
@NullMarked
package io.a2g.tracing.retention;

import org.jspecify.annotations.NullMarked;
