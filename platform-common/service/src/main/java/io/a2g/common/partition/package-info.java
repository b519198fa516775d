/** Tables that hold what happened, a partition for each month. */
@NullMarked
package io.a2g.common.partition;

import org.jspecify.annotations.NullMarked;
