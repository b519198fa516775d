package io.a2g.user.account;

import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.RetryLater;
import io.a2g.common.security.Caller;
import io.a2g.common.security.Role;
import io.a2g.common.web.EntityTags;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Users whom no administrator adds by hand: the first administrator, sign-ups, those of the
 * identity provider, and those of a company directory (SCIM). A directory vouches for its people,
 * so whom it activates needs no approval; whom it deactivates is disabled.
 */
@Service
public class UserProvisioning {

  private static final String ADMIN = "hasRole('ADMIN')";
  private static final int LONGEST_NAME = 64;
  // Room for a number after it.
  private static final int LONGEST_STEM = 58;

  private final Users users;
  private final UserChanges changes;
  private final PendingUserLimit pendingUsers;
  private final SignUpProperties signUps;
  private final Validator validator;
  private final Clock clock;

  UserProvisioning(
      Users users,
      UserChanges changes,
      PendingUserLimit pendingUsers,
      SignUpProperties signUps,
      Validator validator,
      Clock clock) {
    this.users = users;
    this.changes = changes;
    this.pendingUsers = pendingUsers;
    this.signUps = signUps;
    this.validator = validator;
    this.clock = clock;
  }

  /** True when there is a live administrator. */
  public boolean hasAdministrator() {
    return users.administratorExists();
  }

  /** Adds a user whom an invitation, or the set-up of an empty platform, vouches for. */
  @Transactional
  public User add(String username, Role role, Profile profile, Department department) {
    return changes.add("user.created", new User(username, role, profile, department));
  }

  /**
   * Adds a stranger who waits for an administrator's decision, and not for ever.
   *
   * @throws RetryLater when the limit of pending users is reached
   */
  @Transactional
  public User addPending(String username, Profile profile) {
    pendingUsers.requireRoomForSignUp();
    User user = new User(username, Role.PENDING, profile, Department.NONE);
    user.expireSignUp(clock.instant().plus(signUps.undecided()));
    return changes.add("user.created", user);
  }

  /**
   * Adds a pending user who came by an identity provider.
   *
   * @param wanted becomes the user name, made valid and unique
   * @param profile its e-mail address is left out when another user has it
   * @throws RetryLater when the limit of pending users is reached
   */
  @Transactional
  public User addOfIdentityProvider(String wanted, Profile profile, Department department) {
    pendingUsers.requireRoomForIdentityProvider();
    return changes.add(
        "user.signed_up",
        new User(free(wanted), Role.PENDING, withFreeEmail(profile, null), department));
  }

  /** Fills in what is empty of a live user, and overwrites nothing. */
  @Transactional
  public User fillIn(long id, Profile profile, Department department) {
    User user = users.findForUpdate(id).orElseThrow();
    Profile own = user.profile();
    UserEdit completed =
        UserEdit.of(
            own.completedBy(withFreeEmail(profile, own.email())),
            user.department().completedBy(department));
    return completed.equals(UserEdit.of(own, user.department()))
        ? user
        : changes.apply("user.updated", user, null, edited -> edited.update(completed));
  }

  /**
   * Adds a user of a directory.
   *
   * @param role what the user starts as
   */
  @PreAuthorize(ADMIN)
  @Transactional
  public User create(DirectoryEntry entry, Role role) {
    requireAddress(entry, null);
    User user = new User(entry.username(), role, entry.profile(), Department.NONE);
    user.identify(entry);
    if (!entry.active()) {
      user.disable(clock.instant());
    }
    return changes.add("user.created", user);
  }

  /**
   * Makes a user what the directory says. A pending one whom it activates gets the role; one whom
   * it deactivates is disabled.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param role for a pending user whom the directory activates
   * @param edit computes the new entry from the user, under the row's lock
   */
  @PreAuthorize(ADMIN)
  @Transactional
  public User update(
      Caller caller,
      long id,
      @Nullable String ifMatch,
      Role role,
      Function<User, DirectoryEntry> edit) {
    // Before the user is, or two of these could wait for each other.
    if (users.findRole(id).orElse(Role.PENDING) == Role.ADMIN) {
      users.lockAdministrators();
    }
    User user = changes.lockedLive(caller, id);
    DirectoryEntry entry = edit.apply(user);
    requireAddress(entry, user.profile().email());
    if (!entry.active() && user.role() == Role.ADMIN && user.disabledAt() == null) {
      changes.keepAnAdministratorBesides(id);
    }
    return changes.apply("user.provisioned", user, ifMatch, known -> accept(known, entry, role));
  }

  private void accept(User user, DirectoryEntry entry, Role role) {
    user.identify(entry);
    user.update(UserEdit.of(entry.profile(), user.department()));
    if (!entry.active()) {
      user.disable(clock.instant());
      return;
    }
    user.enable();
    if (user.role() == Role.PENDING) {
      user.changeRole(role);
    }
  }

  private Profile withFreeEmail(Profile profile, @Nullable String known) {
    String email = profile.email();
    boolean usable = known == null && email != null && isAddress(email) && !users.emailTaken(email);
    return profile.withEmail(usable ? email : null);
  }

  // Known ones stay: they may be older than the rule.
  private void requireAddress(DirectoryEntry entry, @Nullable String known) {
    String email = entry.profile().email();
    if (email != null && !email.equals(known) && !isAddress(email)) {
      throw new InvalidRequest("emails.value", "Email", "must be an e-mail address");
    }
  }

  private boolean isAddress(String text) {
    return validator.validateValue(Profile.class, "email", text).isEmpty();
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
}
