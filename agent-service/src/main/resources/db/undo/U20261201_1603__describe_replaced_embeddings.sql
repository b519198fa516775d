COMMENT ON TABLE agents.agent_embeddings IS
  'What an agent knows: chunks of text with their embeddings. Rows are added and removed, never changed.';
