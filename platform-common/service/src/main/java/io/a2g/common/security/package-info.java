/** Who is calling: API keys to callers, and the rules that deny by default. */
@NullMarked
package io.a2g.common.security;

import org.jspecify.annotations.NullMarked;
