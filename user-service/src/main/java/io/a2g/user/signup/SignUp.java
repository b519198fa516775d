package io.a2g.user.signup;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Scopes;
import io.a2g.user.account.Profile;
import io.a2g.user.account.SignUpProperties;
import io.a2g.user.account.User;
import io.a2g.user.account.UserProvisioning;
import io.a2g.user.apikey.ApiKeyService;
import io.a2g.user.apikey.ApiKeySettings;
import io.a2g.user.invitation.Invitation;
import io.a2g.user.invitation.InvitationService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds users who sign up: pending ones, or with an invitation what was offered. */
@Service
public class SignUp {

  private final SignUpProperties properties;
  private final UserProvisioning users;
  private final InvitationService invitations;
  private final ApiKeyService keys;

  SignUp(
      SignUpProperties properties,
      UserProvisioning users,
      InvitationService invitations,
      ApiKeyService keys) {
    this.properties = properties;
    this.users = users;
    this.invitations = invitations;
    this.keys = keys;
  }

  /**
   * Adds a user with a first API key.
   *
   * @param invitationCode null: none
   * @throws ProblemException 403 when sign-up needs an invitation and there is no code; 503 when
   *     the limit of pending users is reached
   */
  @Transactional
  public SignedUp signUp(String username, Profile profile, @Nullable String invitationCode) {
    User user =
        invitationCode == null
            ? uninvited(username, profile)
            : invited(username, profile, invitationCode);
    ApiKey key = ApiKey.generate();
    keys.store(user.id(), ApiKeySettings.named("sign-up"), key, Scopes.ALL);
    return new SignedUp(user.id(), user.username(), user.role(), key.text());
  }

  private User uninvited(String username, Profile profile) {
    if (!properties.open()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Sign-up needs an invitation here; ask an administrator for a code.");
    }
    return users.addPending(username, profile);
  }

  private User invited(String username, Profile profile, String code) {
    Invitation invitation = invitations.open(code, username, profile.email());
    var offer = invitation.offer();
    User user =
        users.add(
            username,
            offer.role(),
            profile.email() == null ? profile.withEmail(offer.email()) : profile,
            offer.department());
    invitations.accepted(invitation, user.id());
    return user;
  }
}
