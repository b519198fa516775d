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
