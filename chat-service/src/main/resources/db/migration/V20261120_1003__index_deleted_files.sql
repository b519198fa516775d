-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX CONCURRENTLY file_uploads_deleted_id_idx ON chat.file_uploads (id) WHERE deleted_at IS NOT NULL;
