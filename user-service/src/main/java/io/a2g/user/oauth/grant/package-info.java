/** Grants of users and clients, with their codes and refresh tokens. */
@NullMarked
package io.a2g.user.oauth.grant;

import org.jspecify.annotations.NullMarked;
