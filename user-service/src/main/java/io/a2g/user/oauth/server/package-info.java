/** The OAuth endpoints: who may call them and what they are made of. */
@NullMarked
package io.a2g.user.oauth.server;

import org.jspecify.annotations.NullMarked;
