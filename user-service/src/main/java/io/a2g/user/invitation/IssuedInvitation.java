package io.a2g.user.invitation;

/**
 * An invitation at the only moment when its code is known.
 *
 * @param code the secret
 */
public record IssuedInvitation(Invitation stored, InvitationCode code) {}
