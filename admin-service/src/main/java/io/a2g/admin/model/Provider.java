package io.a2g.admin.model;

/** Whose API a model is called through. */
public enum Provider {
  OPENAI,
  ANTHROPIC,
  GOOGLE,
  AZURE_OPENAI,
  /** Anything else that speaks OpenAI's API, a model server of the company's own for example. */
  OPENAI_COMPATIBLE
}
