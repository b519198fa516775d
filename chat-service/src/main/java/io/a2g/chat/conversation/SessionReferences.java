package io.a2g.chat.conversation;

import io.a2g.common.reference.PinnedRows;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.reference.TargetNames;
import io.a2g.common.reference.TargetNames.Names;
import io.a2g.common.security.Caller;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a session refers to in other schemas: its user and its agent. */
@Component
class SessionReferences {

  static final Reference USER = Reference.of("chat-service", "chat_sessions.user_id");
  static final Reference AGENT = Reference.of("chat-service", "chat_sessions.agent_id");

  private final ReferenceVerifier references;
  private final PinnedRows rows;
  private final TargetNames names;

  SessionReferences(ReferenceVerifier references, PinnedRows rows, TargetNames names) {
    this.references = references;
    this.rows = rows;
    this.names = names;
  }

  /**
   * Makes sure that the session's user exists and may use its agent, until the transaction ends,
   * whoever the caller is.
   */
  void pin(Caller caller, ChatSession session) {
    references.pin(pins(caller, session));
  }

  /** Stores a new session under the same condition. */
  ChatSession insert(Caller caller, ChatSession session) {
    return rows.insert(session.asNewRow(), ChatSession.class, pins(caller, session));
  }

  private Pin[] pins(Caller caller, ChatSession session) {
    long userId = session.userId();
    boolean own = caller.userId() == userId;
    // Another user's role is not published; an administrator's rights are not lent to that user.
    boolean admin = own && caller.isAdmin();
    String deptCode = own ? caller.deptCode() : deptCodeOf(userId);
    return new Pin[] {USER.to(userId), AGENT.to(session.agentId(), userId, deptCode, admin)};
  }

  private @Nullable String deptCodeOf(long userId) {
    return names
        .now(USER.target(), List.of(userId))
        .getOrDefault(userId, Names.UNKNOWN)
        .get("dept_code");
  }
}
