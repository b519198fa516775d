/** The Idempotency-Key header: same key and body, same answer, one effect. */
@NullMarked
package io.a2g.common.idempotency;

import org.jspecify.annotations.NullMarked;
