/** User-service as OAuth 2.1 authorization server and OpenID Connect provider. */
@NullMarked
package io.a2g.user.oauth;

import org.jspecify.annotations.NullMarked;
