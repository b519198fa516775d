package io.a2g.chat.conversation;

import io.a2g.common.persistence.SoftDeletable;
import io.a2g.common.reference.NewRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A conversation of one user with one agent. */
@Entity
@Table(name = "chat_sessions", schema = "chat")
public class ChatSession extends SoftDeletable {

  @Column(updatable = false)
  private long userId;

  @Column(updatable = false)
  private long agentId;

  @Column(updatable = false)
  private String traceId;

  private @Nullable String title;

  // Written by MessageHistory alone, together with the message.
  @Column(insertable = false, updatable = false)
  private @Nullable Instant lastMessageAt;

  /** For JPA. */
  protected ChatSession() {}

  ChatSession(long userId, long agentId, String traceId, @Nullable String title) {
    this.userId = userId;
    this.agentId = agentId;
    this.traceId = traceId;
    this.title = title;
  }

  /** What is stored of it at first. */
  NewRow asNewRow() {
    return NewRow.of("chat.chat_sessions")
        .with("user_id", userId)
        .with("agent_id", agentId)
        .with("trace_id", traceId)
        .with("title", title);
  }

  void rename(@Nullable String next) {
    title = next;
  }

  /** Whose conversation it is. */
  public long userId() {
    return userId;
  }

  /** With whom. */
  public long agentId() {
    return agentId;
  }

  /** W3C trace id of all that happens here: 32 lower-case hex digits. */
  public String traceId() {
    return traceId;
  }

  /** Its name; null until it is set or the first USER message sets it. */
  public @Nullable String title() {
    return title;
  }

  /** When the latest message was stored; null without messages. */
  public @Nullable Instant lastMessageAt() {
    return lastMessageAt;
  }
}
