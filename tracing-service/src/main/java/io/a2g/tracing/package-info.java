/** The tracing service. */
@NullMarked
package io.a2g.tracing;

import org.jspecify.annotations.NullMarked;
