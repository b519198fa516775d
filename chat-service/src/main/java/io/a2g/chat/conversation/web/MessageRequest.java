package io.a2g.chat.conversation.web;

import io.a2g.chat.conversation.MessageDraft;
import io.a2g.chat.conversation.MessageRole;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message to add.
 *
 * @param metadata facts about it (model, tokens, …), at most 16 KB of JSON; absent: none
 */
record MessageRequest(
    @NotNull MessageRole role,
    @NotNull @Size(min = 1, max = 100_000) String content,
    @Schema(
            implementation = Object.class,
            types = "object",
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE,
            description = "Facts about the message (model, tokens, …), at most 16 KB of JSON")
        @Nullable ObjectNode metadata) {

  MessageDraft draft() {
    return new MessageDraft(
        role, content, metadata == null ? "{}" : MessageMetadata.text(metadata));
  }
}
