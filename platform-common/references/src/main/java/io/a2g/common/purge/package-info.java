/** Removes for good what was deleted long ago and what nothing refers to any more. */
@NullMarked
package io.a2g.common.purge;

import org.jspecify.annotations.NullMarked;
