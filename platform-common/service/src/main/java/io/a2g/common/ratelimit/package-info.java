/** How many requests a user, a key and an address may send: over all replicas of a service. */
@NullMarked
package io.a2g.common.ratelimit;

import org.jspecify.annotations.NullMarked;
