/** The first administrator of an empty platform. */
@NullMarked
package io.a2g.user.bootstrap;

import org.jspecify.annotations.NullMarked;
