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
-- Serves: the list of deleted agents, newest first.
CREATE INDEX agents_deleted_id_idx ON agents.agents (id) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER agents_set_updated_at BEFORE UPDATE ON agents.agents
  FOR EACH ROW EXECUTE FUNCTION agents.set_updated_at();

-- No code can forget an event, and a change by hand is told too.
CREATE TRIGGER agents_record_deletion AFTER UPDATE ON agents.agents
  FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION agents.record_reference_event();
CREATE TRIGGER agents_record_removal AFTER DELETE ON agents.agents
  FOR EACH ROW EXECUTE FUNCTION agents.record_reference_event();

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

-- Published to other schemas (EXECUTE only): pins many live agents that this user may use in one call, in the order of
-- their ids, so that two callers of the same agents wait for each other instead of forever. Not STRICT: a user without a
-- department has none to give.
CREATE FUNCTION agents.pin_agents(p_ids bigint[], p_user_id bigint, p_dept_code text, p_admin boolean)
RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT a.id FROM agents.agents a
    WHERE a.id = ANY (p_ids) AND a.deleted_at IS NULL
      AND (p_admin OR a.owner_id = p_user_id
           OR (a.status = 'DEPLOYED'
               AND (a.visibility = 'PUBLIC' OR (a.visibility = 'TEAM' AND a.owner_dept_code = p_dept_code))))
    ORDER BY a.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION agents.pin_agents(bigint[], bigint, text, boolean) FROM PUBLIC;
COMMENT ON FUNCTION agents.pin_agents(bigint[], bigint, text, boolean) IS
  'Those of the ids that are no live agents, or none that this user may use, ascending; the others are locked against deletion until the transaction ends.';

-- Published to schemas that refer to agents (EXECUTE only): tells of each id whether the agent is live. An id without any
-- row is missing in the answer.
CREATE FUNCTION agents.agent_states(p_ids bigint[]) RETURNS TABLE (id bigint, live boolean)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT x.id, x.deleted_at IS NULL FROM agents.agents x WHERE x.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION agents.agent_states(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION agents.agent_states(bigint[]) IS 'Which of these agents exist, and whether they are live.';

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
