package io.a2g.user.account;

import org.jspecify.annotations.Nullable;

/**
 * A directory's search for live users; what is null is not asked for.
 *
 * @param username lower case
 * @param email in any case
 */
public record DirectoryQuery(
    @Nullable Long id,
    @Nullable String username,
    @Nullable String externalId,
    @Nullable String email,
    @Nullable Boolean active) {}
