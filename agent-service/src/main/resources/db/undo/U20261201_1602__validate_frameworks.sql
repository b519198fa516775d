ALTER TABLE agents.agents DROP CONSTRAINT agents_framework_check;
ALTER TABLE agents.agents ADD CONSTRAINT agents_framework_check
  CHECK (framework IN ('AGNO', 'ADK', 'LANGCHAIN', 'LANGGRAPH', 'CUSTOM')) NOT VALID;
