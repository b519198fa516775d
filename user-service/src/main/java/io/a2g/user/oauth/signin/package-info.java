/** Sign-in of browsers, and the sessions they get. */
@NullMarked
package io.a2g.user.oauth.signin;

import org.jspecify.annotations.NullMarked;
