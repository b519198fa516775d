/** Sign-up: how people without an account get one. */
@NullMarked
package io.a2g.user.signup;

import org.jspecify.annotations.NullMarked;
