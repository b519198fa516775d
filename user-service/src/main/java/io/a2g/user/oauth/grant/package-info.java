/** What users and clients have granted, with the codes and refresh tokens of it. */
@NullMarked
package io.a2g.user.oauth.grant;

import org.jspecify.annotations.NullMarked;
