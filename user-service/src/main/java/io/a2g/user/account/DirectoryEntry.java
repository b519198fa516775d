package io.a2g.user.account;

import org.jspecify.annotations.Nullable;

/**
 * A user as a company directory describes one.
 *
 * @param username lower case; unlike a chosen name, it may be an e-mail address
 * @param externalId the directory's own id; unique among live users; null when unknown
 * @param givenName apart from the whole name, which is the profile's; null when unknown
 * @param familyName likewise
 * @param active whether the user is enabled
 */
public record DirectoryEntry(
    String username,
    @Nullable String externalId,
    Profile profile,
    @Nullable String givenName,
    @Nullable String familyName,
    boolean active) {}
