package io.a2g.user.account;

import org.jspecify.annotations.Nullable;

/**
 * What a company directory says about a user.
 *
 * @param username lower case; unlike a name people choose, it may be an e-mail address
 * @param externalId the directory's own id; unique among live users; null when unknown
 * @param active whether the directory lets the user in
 */
public record DirectoryEntry(
    String username, @Nullable String externalId, Profile profile, boolean active) {}
