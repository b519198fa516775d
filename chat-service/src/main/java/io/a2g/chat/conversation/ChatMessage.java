package io.a2g.chat.conversation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A message of a session. Never changes.
 *
 * @param id also the order within the session
 * @param metadata JSON as the database keeps it
 */
@Schema(name = "MessageResponse")
public record ChatMessage(
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
    Instant createdAt) {}
