/** Technique shared by the services; it knows none of them. */
@NullMarked
package io.a2g.common;

import org.jspecify.annotations.NullMarked;
