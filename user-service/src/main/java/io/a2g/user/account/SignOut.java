package io.a2g.user.account;

import io.a2g.common.security.Caller;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Signs users out everywhere: sessions of browsers and what was granted to clients end, in every
 * service within 30 seconds. API keys stay.
 */
@Service
public class SignOut {

  private final UserChanges changes;
  private final Clock clock;

  SignOut(UserChanges changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /** Signs out oneself, or any user as an administrator; others look missing. */
  @Transactional
  public void everywhere(Caller caller, long id) {
    signOut(changes.lockedLive(caller, id));
  }

  /** Signs out whose key is known to strangers; a user who is gone needs no more. */
  @Transactional
  public void afterLeak(long id) {
    changes.findLiveForUpdate(id).ifPresent(this::signOut);
  }

  private void signOut(User user) {
    changes.apply("user.signed_out_everywhere", user, null, out -> out.signOut(clock.instant()));
  }
}
