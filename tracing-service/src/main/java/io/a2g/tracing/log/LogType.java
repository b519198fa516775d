package io.a2g.tracing.log;

/** What kind of event an entry tells of. */
public enum LogType {
  /** Text for people, like a line of a log file. */
  MESSAGE,
  /** A call of a language model. */
  LLM,
  /** An agent calls a tool. */
  TOOL_CALL,
  /** What the tool answered. */
  TOOL_RESPONSE,
  /** An agent hands over to another one. */
  AGENT_TRANSFER,
  /** Any other step that took time; its name is the message. */
  SPAN
}
