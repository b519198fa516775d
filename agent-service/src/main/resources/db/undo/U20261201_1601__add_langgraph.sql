-- Fails, and changes nothing, while an agent has the new value.
ALTER TABLE agents.agents DROP CONSTRAINT agents_framework_check;
ALTER TABLE agents.agents ADD CONSTRAINT agents_framework_check
  CHECK (framework IN ('AGNO', 'ADK', 'LANGCHAIN', 'CUSTOM'));
COMMENT ON COLUMN agents.agents.framework IS 'AGNO, ADK, LANGCHAIN or CUSTOM: which protocol the agent speaks.';
