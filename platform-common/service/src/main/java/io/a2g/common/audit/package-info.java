/** Who did what, when, from where: kept in the transaction of the change itself. */
@NullMarked
package io.a2g.common.audit;

import org.jspecify.annotations.NullMarked;
