package io.a2g.chat.conversation.web;

import io.a2g.chat.conversation.ChatSession;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session.
 *
 * @param traceId all that happens in the session is traced under it
 * @param lastMessageAt null without messages
 * @param deletedAt null while the session is live
 */
record ChatSessionResponse(
    long id,
    long userId,
    long agentId,
    @Schema(
            description = "W3C trace id of all that happens in the session",
            pattern = "^[0-9a-f]{32}$")
        String traceId,
    @Nullable String title,
    @Nullable Instant lastMessageAt,
    int version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  static ChatSessionResponse of(ChatSession session) {
    return new ChatSessionResponse(
        session.id(),
        session.userId(),
        session.agentId(),
        session.traceId(),
        session.title(),
        session.lastMessageAt(),
        session.version(),
        session.createdAt(),
        session.updatedAt(),
        session.deletedAt());
  }
}
