/** The company's identity provider, which tells the identity of a user. */
@NullMarked
package io.a2g.user.oauth.idp;

import org.jspecify.annotations.NullMarked;
