-- What this schema has beyond what the entities' annotations say and the platform's own files (db/platform) make: check
-- builds it from all three and compares with what the migrations make. Change it together with a migration;
-- check --write-extras prints it anew, without these lines.

CREATE OR REPLACE FUNCTION agents.agent_names(p_ids bigint[])
 RETURNS TABLE(id bigint, name text)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT a.id, a.name FROM agents.agents a WHERE a.id = ANY (p_ids)
$function$;

CREATE OR REPLACE FUNCTION agents.agent_states(p_ids bigint[])
 RETURNS TABLE(id bigint, live boolean)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT x.id, x.deleted_at IS NULL FROM agents.agents x WHERE x.id = ANY (p_ids)
$function$;

CREATE OR REPLACE FUNCTION agents.change_owner()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  -- The new owner's department is not known here, so no team has it until the new owner deploys it anew.
  NEW.owner_dept_code := NULL;
  IF NEW.visibility = 'TEAM' THEN
    NEW.visibility := 'PRIVATE';
  END IF;
  INSERT INTO agents.audit_events (action, resource_type, resource_id, before, after)
  VALUES ('agent.handed_over', 'agent', NEW.id,
    jsonb_build_object('owner_id', OLD.owner_id, 'owner_dept_code', OLD.owner_dept_code, 'visibility', OLD.visibility),
    jsonb_build_object('owner_id', NEW.owner_id, 'owner_dept_code', NEW.owner_dept_code, 'visibility', NEW.visibility));
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION agents.embedding_dimension()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$SELECT 384$function$;

CREATE OR REPLACE FUNCTION agents.norm(p_vector real[])
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT sqrt(sum(x::double precision * x)) FROM unnest(p_vector) AS x
$function$;

CREATE OR REPLACE FUNCTION agents.pin_agent(p_id bigint, p_user_id bigint, p_dept_code text, p_admin boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM 1 FROM agents.agents
  WHERE id = p_id AND deleted_at IS NULL
    AND (p_admin OR owner_id = p_user_id
         OR (status = 'DEPLOYED'
             AND (visibility = 'PUBLIC' OR (visibility = 'TEAM' AND owner_dept_code = p_dept_code))))
  FOR KEY SHARE;
  RETURN FOUND;
END $function$;

CREATE OR REPLACE FUNCTION agents.pin_agents(p_ids bigint[], p_user_id bigint, p_dept_code text, p_admin boolean)
 RETURNS SETOF bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT a.id FROM agents.agents a
    WHERE a.id = ANY (p_ids) AND a.deleted_at IS NULL
      AND (p_admin OR a.owner_id = p_user_id
           OR (a.status = 'DEPLOYED'
               AND (a.visibility = 'PUBLIC' OR (a.visibility = 'TEAM' AND a.owner_dept_code = p_dept_code))))
    ORDER BY a.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $function$;

CREATE TABLE agents.agent_embeddings (
  agent_id bigint NOT NULL,
  chunk_hash bytea NOT NULL,
  content text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  embedding real[] NOT NULL,
  embedding_norm double precision GENERATED ALWAYS AS (agents.norm(embedding)) STORED NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  CONSTRAINT agent_embeddings_pkey PRIMARY KEY (id),
  CONSTRAINT agent_embeddings_agent_id_chunk_hash_key UNIQUE (agent_id, chunk_hash),
  CONSTRAINT agent_embeddings_chunk_hash_check CHECK ((octet_length(chunk_hash) = 32)),
  CONSTRAINT agent_embeddings_content_check CHECK (((char_length(content) >= 1) AND (char_length(content) <= 20000))),
  CONSTRAINT agent_embeddings_dimension_check CHECK ((array_length(embedding, 1) = 384)),
  CONSTRAINT agent_embeddings_embedding_check CHECK (((array_ndims(embedding) = 1) AND (array_position(embedding, NULL::real) IS NULL))),
  CONSTRAINT agent_embeddings_embedding_norm_check CHECK (((embedding_norm >= (0.000000000000001)::double precision) AND (embedding_norm <= ('1000000000000000'::numeric)::double precision))),
  CONSTRAINT agent_embeddings_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
);

CREATE TABLE agents.agent_status_changes (
  agent_id bigint NOT NULL,
  changed_at timestamp with time zone DEFAULT now() NOT NULL,
  changed_by bigint NOT NULL,
  from_status text NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  reason text,
  to_status text NOT NULL,
  CONSTRAINT agent_status_changes_pkey PRIMARY KEY (id),
  CONSTRAINT agent_status_changes_from_status_check CHECK ((from_status = ANY (ARRAY['DEVELOPMENT'::text, 'DEPLOYED'::text, 'DISABLED'::text, 'ARCHIVED'::text]))),
  CONSTRAINT agent_status_changes_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500))),
  CONSTRAINT agent_status_changes_to_status_check CHECK ((to_status = ANY (ARRAY['DEVELOPMENT'::text, 'DEPLOYED'::text, 'DISABLED'::text, 'ARCHIVED'::text])))
);

ALTER TABLE agents.agent_embeddings ALTER COLUMN embedding SET STORAGE EXTERNAL;
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_description_check CHECK ((char_length(description) <= 500));
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));
ALTER TABLE agents.agent_capabilities DROP CONSTRAINT agent_capabilities_position_check;
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_position_check CHECK ((("position" >= 0) AND ("position" <= 49)));
ALTER TABLE agents.agent_capabilities ADD CONSTRAINT agent_capabilities_tags_check CHECK (((cardinality(tags) <= 20) AND (array_position(tags, NULL::text) IS NULL)));
ALTER TABLE agents.agents ADD CONSTRAINT agents_description_check CHECK ((char_length(description) <= 2000));
ALTER TABLE agents.agents ADD CONSTRAINT agents_endpoint_url_check CHECK ((char_length(endpoint_url) <= 2000));
ALTER TABLE agents.agents ADD CONSTRAINT agents_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)));
ALTER TABLE agents.agents ADD CONSTRAINT agents_owner_dept_code_check CHECK ((char_length(owner_dept_code) <= 50));
ALTER TABLE agents.agent_embeddings ADD CONSTRAINT agent_embeddings_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents.agents(id) ON DELETE CASCADE;
ALTER TABLE agents.agent_status_changes ADD CONSTRAINT agent_status_changes_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents.agents(id) ON DELETE CASCADE;
CREATE UNIQUE INDEX agent_capabilities_agent_id_name_key ON agents.agent_capabilities USING btree (agent_id, lower(name));
CREATE INDEX agent_embeddings_agent_id_id_idx ON agents.agent_embeddings USING btree (agent_id, id);
CREATE INDEX agent_embeddings_metadata_idx ON agents.agent_embeddings USING gin (metadata jsonb_path_ops);
CREATE INDEX agent_status_changes_agent_id_id_idx ON agents.agent_status_changes USING btree (agent_id, id);
CREATE INDEX agents_deleted_id_idx ON agents.agents USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE UNIQUE INDEX agents_id_deleted_at_key ON agents.agents USING btree (id, deleted_at);
CREATE INDEX agents_owner_id_id_idx ON agents.agents USING btree (owner_id, id);
CREATE UNIQUE INDEX agents_owner_id_name_live_key ON agents.agents USING btree (owner_id, lower(name)) WHERE (deleted_at IS NULL);
CREATE INDEX agents_public_id_idx ON agents.agents USING btree (id) WHERE ((status = 'DEPLOYED'::text) AND (visibility = 'PUBLIC'::text) AND (deleted_at IS NULL));
CREATE INDEX agents_status_id_idx ON agents.agents USING btree (status, id);
CREATE INDEX agents_team_id_idx ON agents.agents USING btree (owner_dept_code, id) WHERE ((status = 'DEPLOYED'::text) AND (visibility = 'TEAM'::text) AND (deleted_at IS NULL));
CREATE OR REPLACE TRIGGER agents_change_owner BEFORE UPDATE OF owner_id ON agents.agents FOR EACH ROW WHEN ((old.owner_id IS DISTINCT FROM new.owner_id)) EXECUTE FUNCTION agents.change_owner();
CREATE OR REPLACE TRIGGER agents_record_deletion AFTER UPDATE ON agents.agents FOR EACH ROW WHEN ((old.deleted_at IS DISTINCT FROM new.deleted_at)) EXECUTE FUNCTION agents.record_reference_event();
CREATE OR REPLACE TRIGGER agents_record_removal AFTER DELETE ON agents.agents FOR EACH ROW EXECUTE FUNCTION agents.record_reference_event();
CREATE OR REPLACE TRIGGER agents_set_updated_at BEFORE UPDATE ON agents.agents FOR EACH ROW EXECUTE FUNCTION agents.set_updated_at();
