/** Traces over HTTP. */
@NullMarked
package io.a2g.tracing.trace.web;

import org.jspecify.annotations.NullMarked;
