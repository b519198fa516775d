package io.a2g.user.signup;

import io.a2g.common.security.ApiKey;
import io.a2g.user.account.User;

/**
 * Somebody new.
 *
 * @param key the first API key; it cannot be read again
 */
public record SignedUp(User user, ApiKey key) {}
