/** Traces: what a chain of events is about, and whose it is. */
@NullMarked
package io.a2g.tracing.trace;

import org.jspecify.annotations.NullMarked;
