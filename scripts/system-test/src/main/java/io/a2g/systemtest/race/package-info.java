/** Random requests at the same time, and the search for orphans after them. */
@NullMarked
package io.a2g.systemtest.race;

import org.jspecify.annotations.NullMarked;
