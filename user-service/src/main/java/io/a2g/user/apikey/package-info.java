/** API keys: issued once, listed masked, replaced by others, revoked for good. */
@NullMarked
package io.a2g.user.apikey;

import org.jspecify.annotations.NullMarked;
