/** Log entries: what happened in a trace, written in batches, read in order. */
@NullMarked
package io.a2g.tracing.log;

import org.jspecify.annotations.NullMarked;
