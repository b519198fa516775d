package io.a2g.chat.conversation;

import java.time.Instant;

/**
 * What was said. Never changes.
 *
 * @param id also the order within the session
 * @param metadata the text of a JSON object
 */
public record ChatMessage(
    long id,
    long sessionId,
    MessageRole role,
    String content,
    String metadata,
    Instant createdAt) {}
