-- Serves: no two live users of one id in the directory; the directory's search by it.
CREATE UNIQUE INDEX CONCURRENTLY users_external_id_live_key ON users.users (external_id) WHERE deleted_at IS NULL;
