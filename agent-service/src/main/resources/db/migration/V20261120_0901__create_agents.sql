CREATE TABLE agents.agents (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id        bigint      NOT NULL,
  owner_dept_code text        CHECK (char_length(owner_dept_code) <= 50),
  name            text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  description     text        CHECK (char_length(description) <= 2000),
  framework       text        NOT NULL CHECK (framework IN ('AGNO', 'ADK', 'LANGCHAIN', 'CUSTOM')),
  endpoint_url    text        CHECK (char_length(endpoint_url) <= 2000),
  status          text        NOT NULL DEFAULT 'DEVELOPMENT'
                              CHECK (status IN ('DEVELOPMENT', 'DEPLOYED', 'DISABLED', 'ARCHIVED')),
  visibility      text        NOT NULL DEFAULT 'PRIVATE'
                              CHECK (visibility IN ('PRIVATE', 'TEAM', 'PUBLIC')),
  version         integer     NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  deleted_at      timestamptz
);
-- Serves: an owner has one live agent of a name; names of deleted agents are free again.
CREATE UNIQUE INDEX agents_owner_id_name_live_key ON agents.agents (owner_id, lower(name))
  WHERE deleted_at IS NULL;
-- Serves: pin_agent. With deleted_at in a plain unique index PostgreSQL treats it as part of a key,
-- so even an UPDATE typed by hand waits for transactions that hold a pin.
CREATE UNIQUE INDEX agents_id_deleted_at_key ON agents.agents (id, deleted_at);
-- Serves: the agents of an owner, newest first.
CREATE INDEX agents_owner_id_id_idx ON agents.agents (owner_id, id);
-- Serves: the agents that a user finds besides the own ones, newest first.
CREATE INDEX agents_public_id_idx ON agents.agents (id)
  WHERE status = 'DEPLOYED' AND visibility = 'PUBLIC' AND deleted_at IS NULL;
CREATE INDEX agents_team_id_idx ON agents.agents (owner_dept_code, id)
  WHERE status = 'DEPLOYED' AND visibility = 'TEAM' AND deleted_at IS NULL;
-- Serves: an administrator's list by status.
CREATE INDEX agents_status_id_idx ON agents.agents (status, id);

CREATE TRIGGER agents_set_updated_at BEFORE UPDATE ON agents.agents
  FOR EACH ROW EXECUTE FUNCTION agents.set_updated_at();

COMMENT ON TABLE agents.agents IS 'LLM agents that developers run themselves and register here.';
COMMENT ON COLUMN agents.agents.owner_id IS 'users.users.id; pinned by users.pin_user when it is written.';
COMMENT ON COLUMN agents.agents.owner_dept_code IS 'The team: the owner''s department when the agent was made, last deployed or restored; null: none.';
COMMENT ON COLUMN agents.agents.name IS 'Unique among the owner''s live agents whatever its case.';
COMMENT ON COLUMN agents.agents.framework IS 'AGNO, ADK, LANGCHAIN or CUSTOM: which protocol the agent speaks.';
COMMENT ON COLUMN agents.agents.endpoint_url IS 'Where the agent runs, http or https; null until known.';
COMMENT ON COLUMN agents.agents.status IS 'DEVELOPMENT, DEPLOYED, DISABLED or ARCHIVED (final); history in agent_status_changes.';
COMMENT ON COLUMN agents.agents.visibility IS 'Who may use it once DEPLOYED: PRIVATE (the owner), TEAM or PUBLIC.';
COMMENT ON COLUMN agents.agents.version IS 'Counts updates from 0; the ETag.';
COMMENT ON COLUMN agents.agents.deleted_at IS 'Null while live; restorable for 30 days after.';

-- Published to other schemas (EXECUTE only): pins a live agent that this user may use. Not STRICT:
-- a user without a department has none to give.
CREATE FUNCTION agents.pin_agent(p_id bigint, p_user_id bigint, p_dept_code text, p_admin boolean)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM agents.agents
  WHERE id = p_id AND deleted_at IS NULL
    AND (p_admin OR owner_id = p_user_id
         OR (status = 'DEPLOYED'
             AND (visibility = 'PUBLIC' OR (visibility = 'TEAM' AND owner_dept_code = p_dept_code))))
  FOR KEY SHARE;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION agents.pin_agent(bigint, bigint, text, boolean) FROM PUBLIC;
COMMENT ON FUNCTION agents.pin_agent(bigint, bigint, text, boolean) IS
  'True when the agent is live and this user may use it; locks the row against deletion until the transaction ends.';

-- Published: names for display. Deleted agents stay readable.
CREATE FUNCTION agents.agent_names(p_ids bigint[])
RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.id, a.name FROM agents.agents a WHERE a.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION agents.agent_names(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION agents.agent_names(bigint[]) IS 'Names of agents, deleted ones too.';
