-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX CONCURRENTLY chat_sessions_deleted_id_idx ON chat.chat_sessions (id) WHERE deleted_at IS NOT NULL;
