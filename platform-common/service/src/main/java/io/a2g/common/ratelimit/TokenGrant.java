package io.a2g.common.ratelimit;

/**
 * What a bucket gave.
 *
 * @param tokens how many, 0 when it is empty
 * @param left how many it has left
 * @param waitNanos until the next token is there; 0 when some were given
 */
record TokenGrant(long tokens, long left, long waitNanos) {}
