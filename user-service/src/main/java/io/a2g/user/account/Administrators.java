package io.a2g.user.account;

import io.a2g.common.security.Role;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What an empty platform needs to know about administrators. */
@Service
public class Administrators {

  private final Users users;
  private final UserChanges changes;

  Administrators(Users users, UserChanges changes) {
    this.users = users;
    this.changes = changes;
  }

  /** True when there is a live administrator. */
  public boolean exist() {
    return users.administratorExists();
  }

  /** Adds the user {@code admin}. */
  @Transactional
  public User appointFirst() {
    Profile profile =
        new Profile(null, null, null, Profile.DEFAULT_THEME, Profile.DEFAULT_LANGUAGE);
    return changes.add(new User("admin", Role.ADMIN, profile, new Department(null, null, null)));
  }
}
