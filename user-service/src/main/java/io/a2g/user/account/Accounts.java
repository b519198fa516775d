package io.a2g.user.account;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** What signing in needs to know of users. */
@Service
public class Accounts {

  private final Users users;

  Accounts(Users users) {
    this.users = users;
  }

  /** The user, when it is one who may sign in; pending ones may. */
  public Optional<User> findLive(long id) {
    return users.find(id).filter(User::isLive);
  }
}
