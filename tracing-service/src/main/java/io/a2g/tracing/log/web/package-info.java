/** Log entries over HTTP. */
@NullMarked
package io.a2g.tracing.log.web;

import org.jspecify.annotations.NullMarked;
