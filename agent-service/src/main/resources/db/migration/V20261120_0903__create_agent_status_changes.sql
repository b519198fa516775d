-- Append-only: the app role may add and read, see afterMigrate__grants.sql.
CREATE TABLE agents.agent_status_changes (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id    bigint      NOT NULL REFERENCES agents.agents (id) ON DELETE CASCADE,
  from_status text        NOT NULL CHECK (from_status IN ('DEVELOPMENT', 'DEPLOYED', 'DISABLED', 'ARCHIVED')),
  to_status   text        NOT NULL CHECK (to_status IN ('DEVELOPMENT', 'DEPLOYED', 'DISABLED', 'ARCHIVED')),
  changed_by  bigint      NOT NULL,
  reason      text        CHECK (char_length(reason) BETWEEN 1 AND 500),
  changed_at  timestamptz NOT NULL DEFAULT now()
);
-- Serves: the history of an agent, newest first; the foreign key.
CREATE INDEX agent_status_changes_agent_id_id_idx ON agents.agent_status_changes (agent_id, id);

COMMENT ON TABLE agents.agent_status_changes IS 'Every change of an agent''s status; rows are never changed.';
COMMENT ON COLUMN agents.agent_status_changes.changed_by IS 'Who did it: users.users.id, a recorded fact.';
COMMENT ON COLUMN agents.agent_status_changes.reason IS 'Why, in the words of who did it; null when not told.';
