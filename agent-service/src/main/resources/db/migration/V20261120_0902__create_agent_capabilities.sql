CREATE TABLE agents.agent_capabilities (
  agent_id    bigint   NOT NULL REFERENCES agents.agents (id) ON DELETE CASCADE,
  position    integer  NOT NULL CHECK (position BETWEEN 0 AND 49),
  name        text     NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  description text     CHECK (char_length(description) <= 500),
  tags        text[]   NOT NULL CHECK (cardinality(tags) <= 20 AND array_position(tags, NULL) IS NULL),
  PRIMARY KEY (agent_id, position)
);
-- Serves: an agent has one capability of a name.
CREATE UNIQUE INDEX agent_capabilities_agent_id_name_key
  ON agents.agent_capabilities (agent_id, lower(name));

COMMENT ON TABLE agents.agent_capabilities IS
  'What an agent can do. Part of the agent: replaced as a whole, counted by the agent''s version.';
COMMENT ON COLUMN agents.agent_capabilities.position IS 'Place in the agent''s list, from 0.';
COMMENT ON COLUMN agents.agent_capabilities.name IS 'Unique within the agent whatever its case.';
COMMENT ON COLUMN agents.agent_capabilities.tags IS 'Up to 20 words to find it by, 1 to 50 characters each.';
