package io.a2g.agent.registry;

/** What an agent is built with, which decides how it is talked to. */
public enum Framework {
  AGNO,
  ADK,
  LANGCHAIN,
  LANGGRAPH,
  /** Anything else. */
  CUSTOM
}
