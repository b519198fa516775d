package io.a2g.chat.conversation;

/**
 * A message that is not stored yet.
 *
 * @param content 1 to 100,000 characters
 * @param metadata facts about it: the text of a JSON object
 */
public record MessageDraft(MessageRole role, String content, String metadata) {}
