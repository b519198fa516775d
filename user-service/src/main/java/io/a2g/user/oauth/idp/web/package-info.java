/** The way to the identity provider and back, over HTTP. */
@NullMarked
package io.a2g.user.oauth.idp.web;

import org.jspecify.annotations.NullMarked;
