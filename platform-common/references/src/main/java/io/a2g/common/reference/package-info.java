/** References to rows of other schemas, checked inside the writing transaction. */
@NullMarked
package io.a2g.common.reference;

import org.jspecify.annotations.NullMarked;
