package io.a2g.chat.conversation;

import io.a2g.common.reference.Reference;
import io.a2g.common.reference.Reference.OnDelete;
import io.a2g.common.reference.Reference.OnOrphan;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.security.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The two sides of a conversation, each owned by another service. */
@Component
class Participants {

  static final Reference USER =
      new Reference(
          "chat_sessions",
          "user_id",
          false,
          ReferenceTarget.USER,
          OnDelete.KEEP,
          OnOrphan.SOFT_DELETE);
  static final Reference AGENT =
      new Reference(
          "chat_sessions",
          "agent_id",
          false,
          ReferenceTarget.AGENT,
          OnDelete.KEEP,
          OnOrphan.SOFT_DELETE);

  private final ReferenceVerifier references;
  private final TargetNames names;

  Participants(ReferenceVerifier references, TargetNames names) {
    this.references = references;
    this.names = names;
  }

  /**
   * Makes sure that the user exists and may use the agent, until the transaction ends.
   *
   * @param userId whose session it is; the agent must be usable by this user, whoever calls
   */
  void pin(Caller caller, long userId, long agentId) {
    boolean own = caller.userId() == userId;
    // Another user's role is not published; an administrator's rights are not lent to that user.
    boolean admin = own && caller.isAdmin();
    String deptCode = own ? caller.deptCode() : deptCodeOf(userId);
    references.pin(USER.to(userId), AGENT.to(agentId, userId, deptCode, admin));
  }

  private @Nullable String deptCodeOf(long userId) {
    return names
        .now(USER.target(), List.of(userId))
        .getOrDefault(userId, Names.UNKNOWN)
        .get("dept_code");
  }
}
