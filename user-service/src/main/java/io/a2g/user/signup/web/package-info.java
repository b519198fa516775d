/** Sign-up over HTTP. */
@NullMarked
package io.a2g.user.signup.web;

import org.jspecify.annotations.NullMarked;
