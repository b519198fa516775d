CREATE TABLE tracing.trace_metadata (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  trace_id   text        NOT NULL CHECK (trace_id ~ '^[0-9a-f]{32}$' AND trace_id <> repeat('0', 32)),
  user_id    bigint      NOT NULL,
  session_id bigint,
  agent_id   bigint,
  name       text        CHECK (char_length(name) <= 200),
  started_at timestamptz NOT NULL,
  ended_at   timestamptz,
  version    integer     NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  -- Serves: a trace by its id, deleted ones too: an id is never used again. Log entries refer to it.
  CONSTRAINT trace_metadata_trace_id_key UNIQUE (trace_id),
  CONSTRAINT trace_metadata_ends_after_start CHECK (ended_at >= started_at)
);
-- Serves: the traces of a user, newest first.
CREATE INDEX trace_metadata_user_id_id_idx ON tracing.trace_metadata (user_id, id);
-- Serves: the traces of a session and of an agent, newest first.
CREATE INDEX trace_metadata_session_id_id_idx ON tracing.trace_metadata (session_id, id) WHERE session_id IS NOT NULL;
CREATE INDEX trace_metadata_agent_id_id_idx ON tracing.trace_metadata (agent_id, id) WHERE agent_id IS NOT NULL;
-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX trace_metadata_deleted_id_idx ON tracing.trace_metadata (id) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER trace_metadata_set_updated_at BEFORE UPDATE ON tracing.trace_metadata
  FOR EACH ROW EXECUTE FUNCTION tracing.set_updated_at();

COMMENT ON TABLE tracing.trace_metadata IS 'What a trace is about; its log entries say what happened.';
COMMENT ON COLUMN tracing.trace_metadata.trace_id IS 'W3C trace id: 32 lower-case hex digits, not all zero.';
COMMENT ON COLUMN tracing.trace_metadata.user_id IS 'Whose trace it is: users.users.id, a recorded fact.';
COMMENT ON COLUMN tracing.trace_metadata.session_id IS 'chat.chat_sessions.id, pinned when stored: the session with this trace id; null: no chat.';
COMMENT ON COLUMN tracing.trace_metadata.agent_id IS 'agents.agents.id, pinned when stored; null: no agent.';
COMMENT ON COLUMN tracing.trace_metadata.name IS 'For people; null when nobody gave one.';
COMMENT ON COLUMN tracing.trace_metadata.ended_at IS 'Null while it runs, or when nobody said that it ended.';
COMMENT ON COLUMN tracing.trace_metadata.version IS 'Counts updates from 0; the ETag.';
COMMENT ON COLUMN tracing.trace_metadata.deleted_at IS 'Null while live; restorable for 30 days after.';
