/** Services that are elsewhere: a node that answers others, and a bad network between them. */
@NullMarked
package io.a2g.common.testkit.peer;

import org.jspecify.annotations.NullMarked;
