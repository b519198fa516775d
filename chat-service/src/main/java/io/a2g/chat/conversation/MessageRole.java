package io.a2g.chat.conversation;

/** Who speaks. */
public enum MessageRole {
  /** The person. */
  USER,
  /** The agent. */
  ASSISTANT,
  /** Instructions to the agent. */
  SYSTEM,
  /** What a tool answered. */
  TOOL
}
