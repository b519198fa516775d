package io.a2g.chat.conversation;

import io.a2g.common.reference.Reference;
import io.a2g.common.reference.Reference.OnDelete;
import io.a2g.common.reference.Reference.OnOrphan;
import io.a2g.common.reference.ReferenceTarget;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.security.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
  private final JdbcClient jdbc;

  Participants(ReferenceVerifier references, JdbcClient jdbc) {
    this.references = references;
    this.jdbc = jdbc;
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
    return jdbc.sql("SELECT dept_code FROM users.user_names(ARRAY[CAST(? AS bigint)])")
        .param(userId)
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .optional()
        .flatMap(deptCode -> deptCode)
        .orElse(null);
  }
}
