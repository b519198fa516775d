/** The keys that sign tokens. */
@NullMarked
package io.a2g.user.oauth.key;

import org.jspecify.annotations.NullMarked;
