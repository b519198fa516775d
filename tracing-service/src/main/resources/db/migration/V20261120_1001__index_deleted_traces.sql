-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX CONCURRENTLY trace_metadata_deleted_id_idx ON tracing.trace_metadata (id) WHERE deleted_at IS NOT NULL;
