/** The user service. */
@NullMarked
package io.a2g.user;

import org.jspecify.annotations.NullMarked;
