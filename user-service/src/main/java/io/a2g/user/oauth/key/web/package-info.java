/** Signing keys over HTTP. */
@NullMarked
package io.a2g.user.oauth.key.web;

import org.jspecify.annotations.NullMarked;
