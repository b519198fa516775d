package io.a2g.user.signup;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Scopes;
import io.a2g.user.account.Newcomers;
import io.a2g.user.account.Profile;
import io.a2g.user.account.User;
import io.a2g.user.apikey.KeyIssuer;
import io.a2g.user.invitation.Invitation;
import io.a2g.user.invitation.InvitationDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes users of strangers: pending ones, or with an invitation what was offered. */
@Service
public class SignUp {

  private final SignUpProperties properties;
  private final Newcomers newcomers;
  private final InvitationDesk invitations;
  private final KeyIssuer keys;

  SignUp(
      SignUpProperties properties,
      Newcomers newcomers,
      InvitationDesk invitations,
      KeyIssuer keys) {
    this.properties = properties;
    this.newcomers = newcomers;
    this.invitations = invitations;
    this.keys = keys;
  }

  /**
   * Adds a user with a first API key.
   *
   * @param invitationCode null: none
   * @throws ProblemException 403 when only invited people may come and there is no code; 503 when
   *     too many wait for approval
   */
  @Transactional
  public SignedUp signUp(String username, Profile profile, @Nullable String invitationCode) {
    User user =
        invitationCode == null
            ? uninvited(username, profile)
            : invited(username, profile, invitationCode);
    return new SignedUp(
        user, keys.store(user.id(), "sign-up", ApiKey.generate(), Scopes.ALL, null).key());
  }

  private User uninvited(String username, Profile profile) {
    if (!properties.open()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Sign-up needs an invitation here; ask an administrator for a code.");
    }
    return newcomers.addPending(username, profile);
  }

  private User invited(String username, Profile profile, String code) {
    Invitation invitation = invitations.open(code, username, profile.email());
    var offer = invitation.offer();
    User user =
        newcomers.add(
            username,
            offer.role(),
            profile.email() == null ? profile.withEmail(offer.email()) : profile,
            offer.department());
    invitations.accepted(invitation, user.id());
    return user;
  }
}
