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
-- Serves: references_to, which asks for the sessions with an agent.
CREATE INDEX chat_sessions_agent_id_id_idx ON chat.chat_sessions (agent_id, id);
-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX chat_sessions_deleted_id_idx ON chat.chat_sessions (id) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER chat_sessions_set_updated_at BEFORE UPDATE ON chat.chat_sessions
  FOR EACH ROW EXECUTE FUNCTION chat.set_updated_at();

-- No code can forget an event, and a change by hand is told too.
CREATE TRIGGER chat_sessions_record_deletion AFTER UPDATE ON chat.chat_sessions
  FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION chat.record_reference_event();
CREATE TRIGGER chat_sessions_record_removal AFTER DELETE ON chat.chat_sessions
  FOR EACH ROW EXECUTE FUNCTION chat.record_reference_event();

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

-- Published to schemas that refer to sessions (EXECUTE only): tells of each id whether the session is live. An id without any
-- row is missing in the answer.
CREATE FUNCTION chat.session_states(p_ids bigint[]) RETURNS TABLE (id bigint, live boolean)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT x.id, x.deleted_at IS NULL FROM chat.chat_sessions x WHERE x.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION chat.session_states(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION chat.session_states(bigint[]) IS 'Which of these sessions exist, and whether they are live.';

CREATE TABLE chat.chat_messages (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id bigint      NOT NULL REFERENCES chat.chat_sessions (id) ON DELETE CASCADE,
  role       text        NOT NULL CHECK (role IN ('USER', 'ASSISTANT', 'SYSTEM', 'TOOL')),
  content    text        NOT NULL CHECK (char_length(content) BETWEEN 1 AND 100000),
  metadata   jsonb       NOT NULL DEFAULT '{}'
             CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 65536),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- Serves: the messages of a session in their order, from either end; the foreign key.
CREATE INDEX chat_messages_session_id_id_idx ON chat.chat_messages (session_id, id);

COMMENT ON TABLE chat.chat_messages IS 'What was said. Only ever added to; messages go when their session goes for good.';
COMMENT ON COLUMN chat.chat_messages.id IS 'Also the order within a session: ids are drawn under the session row''s lock.';
COMMENT ON COLUMN chat.chat_messages.role IS 'Who speaks: USER, ASSISTANT, SYSTEM or TOOL.';
COMMENT ON COLUMN chat.chat_messages.content IS '1 to 100,000 characters.';
COMMENT ON COLUMN chat.chat_messages.metadata IS 'Facts about the message (model, tokens, …): an object. The service takes 16 KB; as text it is longer here (spaces, written-out exponents).';
COMMENT ON COLUMN chat.chat_messages.created_at IS 'When it was stored, not when its transaction began: ascends with id within a session.';

CREATE TABLE chat.file_uploads (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id       bigint      NOT NULL,
  session_id    bigint      REFERENCES chat.chat_sessions (id) ON DELETE SET NULL,
  original_name text        NOT NULL CHECK (char_length(original_name) BETWEEN 1 AND 255),
  content_type  text        NOT NULL CHECK (char_length(content_type) BETWEEN 3 AND 127),
  size_bytes    bigint      NOT NULL CHECK (size_bytes > 0),
  sha256        bytea       NOT NULL CHECK (octet_length(sha256) = 32),
  storage_key   text        NOT NULL CHECK (storage_key ~ '^[0-9a-f]{32}$'),
  version       integer     NOT NULL DEFAULT 0,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  deleted_at    timestamptz,
  -- Also serves: the sweeper, which asks whose files have a row.
  CONSTRAINT file_uploads_storage_key_key UNIQUE (storage_key)
);
-- Serves: the files of a user, newest first.
CREATE INDEX file_uploads_user_id_id_idx ON chat.file_uploads (user_id, id);
-- Serves: the files of a session, newest first; the foreign key.
CREATE INDEX file_uploads_session_id_id_idx ON chat.file_uploads (session_id, id) WHERE session_id IS NOT NULL;
-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX file_uploads_deleted_id_idx ON chat.file_uploads (id) WHERE deleted_at IS NOT NULL;

CREATE TRIGGER file_uploads_set_updated_at BEFORE UPDATE ON chat.file_uploads
  FOR EACH ROW EXECUTE FUNCTION chat.set_updated_at();

COMMENT ON TABLE chat.file_uploads IS 'Files of users. The bytes are in the file store, under storage_key.';
COMMENT ON COLUMN chat.file_uploads.user_id IS 'Who uploaded it: users.users.id, pinned when stored.';
COMMENT ON COLUMN chat.file_uploads.session_id IS 'The conversation it belongs to, of the same user; null for none.';
COMMENT ON COLUMN chat.file_uploads.original_name IS 'As the client named it; data, never part of a path.';
COMMENT ON COLUMN chat.file_uploads.content_type IS 'Media type by content and name, not what the client said.';
COMMENT ON COLUMN chat.file_uploads.size_bytes IS 'Bytes.';
COMMENT ON COLUMN chat.file_uploads.sha256 IS 'SHA-256 of the bytes, 32 bytes.';
COMMENT ON COLUMN chat.file_uploads.storage_key IS 'Drawn by the service: 32 hex digits, 128 random bits.';
COMMENT ON COLUMN chat.file_uploads.version IS 'Counts updates from 0; the ETag.';
COMMENT ON COLUMN chat.file_uploads.deleted_at IS 'Null while live; restorable for 30 days after.';
