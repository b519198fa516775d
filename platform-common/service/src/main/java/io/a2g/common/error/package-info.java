/** Failures as RFC 9457 problem details with stable codes, from one advice. */
@NullMarked
package io.a2g.common.error;

import org.jspecify.annotations.NullMarked;
