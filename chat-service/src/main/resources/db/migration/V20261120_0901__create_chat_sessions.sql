CREATE TABLE chat.chat_sessions (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id         bigint      NOT NULL,
  agent_id        bigint      NOT NULL,
  trace_id        text        NOT NULL CHECK (trace_id ~ '^[0-9a-f]{32}$' AND trace_id <> repeat('0', 32)),
  title           text        CHECK (char_length(title) BETWEEN 1 AND 200),
  last_message_at timestamptz,
  version         integer     NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  deleted_at      timestamptz,
  CONSTRAINT chat_sessions_trace_id_key UNIQUE (trace_id)
) WITH (fillfactor = 80); -- every message updates its session's row; room on the page keeps that cheap
-- Serves: the sessions of a user, newest first, and those with one agent.
CREATE INDEX chat_sessions_user_id_id_idx ON chat.chat_sessions (user_id, id);
CREATE INDEX chat_sessions_user_id_agent_id_id_idx ON chat.chat_sessions (user_id, agent_id, id);
-- Serves: pin_session. With deleted_at in a plain unique index PostgreSQL treats it as part of a key,
-- so even an UPDATE typed by hand waits for transactions that hold a pin.
CREATE UNIQUE INDEX chat_sessions_id_deleted_at_key ON chat.chat_sessions (id, deleted_at);

CREATE TRIGGER chat_sessions_set_updated_at BEFORE UPDATE ON chat.chat_sessions
  FOR EACH ROW EXECUTE FUNCTION chat.set_updated_at();

COMMENT ON TABLE chat.chat_sessions IS 'Conversations of a user with an agent.';
COMMENT ON COLUMN chat.chat_sessions.user_id IS 'Whose conversation it is: users.users.id, pinned when stored.';
COMMENT ON COLUMN chat.chat_sessions.agent_id IS 'With whom: agents.agents.id, pinned when stored.';
COMMENT ON COLUMN chat.chat_sessions.trace_id IS 'W3C trace id of all that happens in the session: 32 lower-case hex digits, the first 12 are milliseconds since 1970.';
COMMENT ON COLUMN chat.chat_sessions.title IS 'Given by the user, or the beginning of the first USER message; null until then.';
COMMENT ON COLUMN chat.chat_sessions.last_message_at IS 'created_at of the latest message; null without messages.';
COMMENT ON COLUMN chat.chat_sessions.version IS 'Counts updates from 0, messages included; the ETag.';
COMMENT ON COLUMN chat.chat_sessions.deleted_at IS 'Null while live; restorable for 30 days after.';

-- Published to other schemas (EXECUTE only): pins a live session until the caller's transaction ends.
CREATE FUNCTION chat.pin_session(p_id bigint, p_trace_id text, p_user_id bigint, p_admin boolean)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM chat.chat_sessions
  WHERE id = p_id AND deleted_at IS NULL
    AND (p_trace_id IS NULL OR trace_id = p_trace_id)
    AND (p_admin OR user_id = p_user_id)
  FOR KEY SHARE;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION chat.pin_session(bigint, text, bigint, boolean) FROM PUBLIC;
COMMENT ON FUNCTION chat.pin_session(bigint, text, bigint, boolean) IS
  'True when the session is live, has this trace id (null: any) and belongs to the user (or p_admin); locks the row against deletion until the transaction ends.';
