package io.a2g.chat.conversation.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.a2g.chat.conversation.ChatMessage;
import io.a2g.chat.conversation.MessageRole;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A message.
 *
 * @param metadata JSON as the database keeps it
 */
record MessageResponse(
    long id,
    long sessionId,
    MessageRole role,
    String content,
    @Schema(
            types = "object",
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
            description = "Facts about the message (model, tokens, …)")
        @JsonRawValue
        String metadata,
    Instant createdAt) {

  static MessageResponse of(ChatMessage message) {
    return new MessageResponse(
        message.id(),
        message.sessionId(),
        message.role(),
        message.content(),
        message.metadata(),
        message.createdAt());
  }
}
