package io.a2g.common.security;

/**
 * What a verified access token says.
 *
 * @param userId {@code users.users.id}, the token's subject
 * @param grantId what the user granted, which can be taken back ({@code sid})
 * @param scopes what it may be used for
 */
public record AccessToken(long userId, String grantId, Scopes scopes) {}
