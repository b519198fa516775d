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
