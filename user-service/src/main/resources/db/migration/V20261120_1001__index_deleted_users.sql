-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX CONCURRENTLY users_deleted_id_idx ON users.users (id) WHERE deleted_at IS NOT NULL;
