/** Sign-up: how somebody without an account gets one. */
@NullMarked
package io.a2g.user.signup;

import org.jspecify.annotations.NullMarked;
