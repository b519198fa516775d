/** OAuth clients over HTTP. */
@NullMarked
package io.a2g.user.oauth.client.web;

import org.jspecify.annotations.NullMarked;
