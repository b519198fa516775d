package io.a2g.chat.conversation;

import io.a2g.common.json.BoundedJson;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A message to add.
 *
 * @param metadata facts about it (model, tokens, …), at most 16 KB of JSON; absent: none
 */
@Schema(name = "MessageRequest")
public record NewMessage(
    @NotNull MessageRole role,
    @NotNull @Size(min = 1, max = 100_000) String content,
    @Schema(description = "Facts about the message (model, tokens, …), at most 16 KB of JSON")
        @BoundedJson.Size(max = 16_384)
        BoundedJson metadata) {}
