/** Bounds on what one request, and all requests together, may cost. */
@NullMarked
package io.a2g.common.web.limit;

import org.jspecify.annotations.NullMarked;
