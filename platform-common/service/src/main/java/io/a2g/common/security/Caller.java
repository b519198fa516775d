package io.a2g.common.security;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling. Controllers take it as {@code @AuthenticationPrincipal}.
 *
 * @param userId {@code users.users.id}
 * @param role the user's role, at most ten seconds old; an administrator whose credential lacks
 *     {@link Scope#PLATFORM_ADMIN} counts as a user
 * @param deptCode the user's department, which is the team; null when none is known
 * @param apiKeyId {@code users.api_keys.id} of the key in use; null: an access token is
 * @param scopes what the credential may be used for
 */
public record Caller(
    long userId, Role role, @Nullable String deptCode, @Nullable Long apiKeyId, Scopes scopes)
    implements Principal {

  public Caller {
    if (role == Role.ADMIN && !scopes.allow(Scope.PLATFORM_ADMIN)) {
      role = Role.USER;
    }
  }

  /** The user id, for logs and audit. */
  @Override
  public String getName() {
    return Long.toString(userId);
  }

  /** True for administrators. */
  public boolean isAdmin() {
    return role == Role.ADMIN;
  }

  /** True when this caller may see and change what {@code ownerId} owns. */
  public boolean mayAct(long ownerId) {
    return isAdmin() || userId == ownerId;
  }

  /**
   * The owner of something the caller is about to create.
   *
   * @param field name of the request field, for the error
   * @param requested the owner named in the request; null means the caller
   * @throws ProblemException 403 when a user names somebody else
   */
  public long ownerOf(String field, @Nullable Long requested) {
    if (requested == null) {
      return userId;
    }
    if (!mayAct(requested)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, field + ": only an administrator may name somebody else.");
    }
    return requested;
  }
}
