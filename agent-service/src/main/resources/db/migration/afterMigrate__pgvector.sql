-- Adds the indexed form of the embeddings where the server has pgvector. Runs after every migrate,
-- so that a later installation is picked up by the next start. Everything it adds goes with the
-- table.
DO $$
DECLARE
  type_schema text;
BEGIN
  IF to_regclass('agents.agent_embeddings') IS NULL
     OR NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN
    RETURN;
  END IF;
  -- Replicas that start together: one builds, the others find it built.
  PERFORM pg_advisory_xact_lock(hashtext('agents.pgvector'));

  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN
    BEGIN
      CREATE EXTENSION vector SCHEMA public;
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE WARNING 'pgvector is on this server but not in this database, so search scans; a superuser can run: CREATE EXTENSION vector SCHEMA public';
      RETURN;
    END;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_am WHERE amname = 'hnsw') THEN
    RAISE WARNING 'pgvector is older than 0.5 and has no HNSW index, so search scans; update it and run: ALTER EXTENSION vector UPDATE';
    RETURN;
  END IF;
  SELECT n.nspname INTO type_schema
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector';

  IF NOT EXISTS (SELECT FROM pg_attribute
                 WHERE attrelid = 'agents.agent_embeddings'::regclass
                   AND attname = 'embedding_vector' AND NOT attisdropped) THEN
    EXECUTE format(
      'ALTER TABLE agents.agent_embeddings ADD COLUMN embedding_vector %1$I.vector(%2$s)
         GENERATED ALWAYS AS (embedding::%1$I.vector(%2$s)) STORED',
      type_schema, agents.embedding_dimension());
    COMMENT ON COLUMN agents.agent_embeddings.embedding_vector IS
      'The embedding as pgvector has it; only on servers with the extension.';
  END IF;

  IF to_regclass('agents.agent_embeddings_embedding_vector_idx') IS NULL THEN
    -- The graph of a large table is built several times faster when it fits.
    PERFORM set_config('maintenance_work_mem', '256MB', true)
      WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('256MB');
    -- Serves: search by cosine similarity.
    EXECUTE format(
      'CREATE INDEX agent_embeddings_embedding_vector_idx ON agents.agent_embeddings
         USING hnsw (embedding_vector %I.vector_cosine_ops)',
      type_schema);
  END IF;
END $$;
