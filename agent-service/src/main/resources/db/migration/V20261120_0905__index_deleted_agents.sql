-- Serves: the list of deleted agents, newest first.
CREATE INDEX agents_deleted_id_idx ON agents.agents (id) WHERE deleted_at IS NOT NULL;
