-- Length of a vector, in double precision so that no square overflows.
CREATE FUNCTION agents.norm(p_vector real[]) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sqrt(sum(x::double precision * x)) FROM unnest(p_vector) AS x
$$;
COMMENT ON FUNCTION agents.norm(real[]) IS 'Euclidean length of a vector.';

-- afterMigrate__pgvector.sql adds embedding_vector and its index where the server has pgvector.
-- Embeddings hardly compress, so no time is spent on trying.
CREATE TABLE agents.agent_embeddings (
  id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id       bigint      NOT NULL REFERENCES agents.agents (id) ON DELETE CASCADE,
  content        text        NOT NULL CHECK (char_length(content) BETWEEN 1 AND 20000),
  chunk_hash     bytea       NOT NULL CHECK (octet_length(chunk_hash) = 32),
  metadata       jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object'),
  embedding      real[]      NOT NULL CHECK (array_ndims(embedding) = 1 AND array_position(embedding, NULL) IS NULL),
  embedding_norm double precision NOT NULL GENERATED ALWAYS AS (agents.norm(embedding)) STORED
                             CHECK (embedding_norm BETWEEN 1e-15 AND 1e15),
  created_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT agent_embeddings_agent_id_chunk_hash_key UNIQUE (agent_id, chunk_hash)
);
ALTER TABLE agents.agent_embeddings ALTER COLUMN embedding SET STORAGE EXTERNAL;
-- Serves: the chunks of an agent, newest first; exact search.
CREATE INDEX agent_embeddings_agent_id_id_idx ON agents.agent_embeddings (agent_id, id);
-- Serves: search restricted by metadata (@>).
CREATE INDEX agent_embeddings_metadata_idx ON agents.agent_embeddings USING gin (metadata jsonb_path_ops);

COMMENT ON TABLE agents.agent_embeddings IS
  'What an agent knows: chunks of text with their embeddings. Rows are added and removed, never changed.';
COMMENT ON COLUMN agents.agent_embeddings.chunk_hash IS 'SHA-256 of content in UTF-8, 32 bytes; unique within the agent.';
COMMENT ON COLUMN agents.agent_embeddings.metadata IS 'Anything the owner wants to filter by; a JSON object, 16 KB at most as text.';
COMMENT ON COLUMN agents.agent_embeddings.embedding IS 'The vector as it was given; agents.embedding_dimension() numbers.';
COMMENT ON COLUMN agents.agent_embeddings.embedding_norm IS
  'Euclidean length, 1e-15 to 1e15: cosine similarity needs one above zero, and squares that fit single precision.';

-- The dimension is one for the installation and fixed from here on.
DO $$
DECLARE
  dimension integer := coalesce(nullif(current_setting('a2g.embedding_dimension', true), ''), '384');
BEGIN
  IF dimension NOT BETWEEN 1 AND 2000 THEN
    RAISE EXCEPTION 'EMBEDDING_DIMENSION is %, but must be 1 to 2000 (what an HNSW index takes)', dimension;
  END IF;
  EXECUTE format(
    'ALTER TABLE agents.agent_embeddings ADD CONSTRAINT agent_embeddings_dimension_check CHECK (array_length(embedding, 1) = %s)',
    dimension);
  EXECUTE format(
    'CREATE FUNCTION agents.embedding_dimension() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS ''SELECT %s''',
    dimension);
END $$;
COMMENT ON FUNCTION agents.embedding_dimension() IS 'How many numbers every embedding has.';
