-- The last release knows none of the new value yet, and writes none.
ALTER TABLE agents.agents DROP CONSTRAINT agents_framework_check;
ALTER TABLE agents.agents ADD CONSTRAINT agents_framework_check
  CHECK (framework IN ('AGNO', 'ADK', 'LANGCHAIN', 'LANGGRAPH', 'CUSTOM')) NOT VALID;
COMMENT ON COLUMN agents.agents.framework IS 'AGNO, ADK, LANGCHAIN, LANGGRAPH or CUSTOM: which protocol the agent speaks.';
