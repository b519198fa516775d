/** The company's identity provider, asked who somebody is. */
@NullMarked
package io.a2g.user.oauth.idp;

import org.jspecify.annotations.NullMarked;
