/** The programs that may ask for tokens. */
@NullMarked
package io.a2g.user.oauth.client;

import org.jspecify.annotations.NullMarked;
