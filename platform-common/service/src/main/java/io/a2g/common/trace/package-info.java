/** W3C Trace Context in and out. */
@NullMarked
package io.a2g.common.trace;

import org.jspecify.annotations.NullMarked;
