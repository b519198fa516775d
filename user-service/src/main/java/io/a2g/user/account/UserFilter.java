package io.a2g.user.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.a2g.common.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * A search for users; what is null is not asked for.
 *
 * @param state null: every live user
 * @param prefix how the user name, a name or the e-mail address begins, whatever the case
 */
public record UserFilter(
    @Nullable Role role,
    @Nullable String deptCode,
    @Nullable State state,
    @Nullable String prefix) {

  /** State of a user; each is in one of them. */
  public enum State {
    /** Waits for approval. */
    @JsonProperty("pending")
    PENDING,
    /** May use the platform. */
    @JsonProperty("active")
    ACTIVE,
    /** Disabled, whatever the role. */
    @JsonProperty("disabled")
    DISABLED,
    /** Deleted, restorable for 30 days. */
    @JsonProperty("deleted")
    DELETED
  }

  boolean deleted() {
    return state == State.DELETED;
  }

  /** The prefix for LIKE, with {@code !} as the escape character; null without one. */
  @Nullable String pattern() {
    return prefix == null ? null : prefix.replaceAll("[!%_]", "!$0") + "%";
  }
}
