package io.a2g.user.account;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.RetryLater;
import io.a2g.common.security.Role;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What signing in needs of users. */
@Service
public class Accounts {

  private static final int LONGEST_NAME = 64;
  // Room for a number after it.
  private static final int LONGEST_STEM = 58;
  private static final int SHORTEST_EMAIL = 3;

  private final Users users;
  private final AuditLog audit;
  private final WaitingRoom waitingRoom;

  Accounts(Users users, AuditLog audit, WaitingRoom waitingRoom) {
    this.users = users;
    this.audit = audit;
    this.waitingRoom = waitingRoom;
  }

  /** The user, when it is one who may sign in; pending ones may. */
  public Optional<User> findLive(long id) {
    return users.find(id).filter(user -> user.isLive() && user.disabledAt() == null);
  }

  /**
   * Adds somebody who came by an identity provider, pending.
   *
   * @param wanted becomes the user name, made valid and unique
   * @param profile its e-mail address is left out when another user has it
   * @throws RetryLater when as many wait for approval as may
   */
  @Transactional
  public User signUp(String wanted, Profile profile, Department department) {
    waitingRoom.enter();
    User user =
        users.saveAndFlush(
            new User(free(wanted), Role.PENDING, withFreeEmail(profile, null), department));
    audit.record("user.signed_up", "user", user.id(), null, UserState.of(user));
    return user;
  }

  /** Fills in what is empty of a live user, and overwrites nothing. */
  @Transactional
  public User fillIn(long id, Profile profile, Department department) {
    User user = users.findForUpdate(id).orElseThrow();
    UserState before = UserState.of(user);
    Profile own = user.profile();
    Department at = user.department();
    Profile offered = withFreeEmail(profile, own.email());
    user.update(
        new UserEdit(
            new Profile(
                either(own.email(), offered.email()),
                either(own.usernameKr(), offered.usernameKr()),
                either(own.usernameEn(), offered.usernameEn()),
                own.themePreference(),
                own.languagePreference()),
            new Department(
                either(at.code(), department.code()),
                either(at.nameKr(), department.nameKr()),
                either(at.nameEn(), department.nameEn()))));
    User stored = users.saveAndFlush(user);
    UserState after = UserState.of(stored);
    if (!after.equals(before)) {
      audit.record("user.updated", "user", id, before, after);
    }
    return stored;
  }

  private Profile withFreeEmail(Profile profile, @Nullable String known) {
    @Nullable String email = profile.email();
    boolean usable =
        known == null
            && email != null
            && email.length() >= SHORTEST_EMAIL
            && !users.emailTaken(email);
    return new Profile(
        usable ? email : null,
        profile.usernameKr(),
        profile.usernameEn(),
        profile.themePreference(),
        profile.languagePreference());
  }

  private String free(String wanted) {
    String stem =
        wanted
            .toLowerCase(Locale.ROOT)
            .replaceFirst("@.*", "")
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceFirst("^[^a-z0-9]+", "");
    stem = stem.isEmpty() ? "user" : stem.substring(0, Math.min(stem.length(), LONGEST_NAME));
    String name = stem;
    for (int number = 2; users.usernameTaken(name); number++) {
      name = stem.substring(0, Math.min(stem.length(), LONGEST_STEM)) + "-" + number;
    }
    return name;
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }
}
