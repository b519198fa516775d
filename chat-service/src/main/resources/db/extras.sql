-- What this schema has beyond what the entities' annotations say and the platform's own files (db/platform) make: check
-- builds it from all three and compares with what the migrations make. Change it together with a migration;
-- check --write-extras prints it anew, without these lines.

CREATE OR REPLACE FUNCTION chat.account_for_files()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  sign constant integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  IF NOT EXISTS (SELECT FROM changed) THEN
    RETURN NULL;
  END IF;
  -- This row comes first: transactions wait for each other here alone, and none for a second one that waits for it.
  INSERT INTO chat.file_storage AS s (bytes) SELECT sign * sum(size_bytes) FROM changed
  ON CONFLICT (only_row) DO UPDATE SET bytes = s.bytes + excluded.bytes;
  INSERT INTO chat.file_usage AS u (user_id, bytes) SELECT user_id, sign * sum(size_bytes) FROM changed GROUP BY user_id
  ON CONFLICT (user_id) DO UPDATE SET bytes = u.bytes + excluded.bytes;
  IF TG_OP = 'INSERT' THEN
    DELETE FROM chat.files_to_remove f USING changed WHERE f.storage_key = changed.storage_key;
  ELSE
    INSERT INTO chat.files_to_remove (storage_key) SELECT storage_key FROM changed ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION chat.after_restore()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  UPDATE chat.file_storage SET folder_id = NULL;
END $function$;

CREATE OR REPLACE FUNCTION chat.pin_session(p_id bigint, p_trace_id text, p_user_id bigint, p_admin boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
  PERFORM 1 FROM chat.chat_sessions
  WHERE id = p_id AND deleted_at IS NULL
    AND (p_trace_id IS NULL OR trace_id = p_trace_id)
    AND (p_admin OR user_id = p_user_id)
  FOR KEY SHARE;
  RETURN FOUND;
END $function$;

CREATE OR REPLACE FUNCTION chat.session_states(p_ids bigint[])
 RETURNS TABLE(id bigint, live boolean)
 LANGUAGE sql
 STABLE STRICT SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  SELECT x.id, x.deleted_at IS NULL FROM chat.chat_sessions x WHERE x.id = ANY (p_ids)
$function$;

CREATE TABLE chat.chat_messages (
  content text NOT NULL,
  created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
  role text NOT NULL,
  session_id bigint NOT NULL,
  CONSTRAINT chat_messages_pkey PRIMARY KEY (id),
  CONSTRAINT chat_messages_content_check CHECK (((char_length(content) >= 1) AND (char_length(content) <= 100000))),
  CONSTRAINT chat_messages_metadata_check CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536))),
  CONSTRAINT chat_messages_role_check CHECK ((role = ANY (ARRAY['USER'::text, 'ASSISTANT'::text, 'SYSTEM'::text, 'TOOL'::text])))
);

CREATE TABLE chat.file_storage (
  bytes bigint NOT NULL,
  folder_id uuid,
  only_row boolean DEFAULT true NOT NULL,
  CONSTRAINT file_storage_pkey PRIMARY KEY (only_row),
  CONSTRAINT file_storage_only_row_check CHECK (only_row)
);

CREATE TABLE chat.file_usage (
  bytes bigint NOT NULL,
  user_id bigint NOT NULL,
  CONSTRAINT file_usage_pkey PRIMARY KEY (user_id)
);

CREATE TABLE chat.files_to_remove (
  listed_at timestamp with time zone DEFAULT now() NOT NULL,
  storage_key text NOT NULL,
  CONSTRAINT files_to_remove_pkey PRIMARY KEY (storage_key),
  CONSTRAINT files_to_remove_storage_key_check CHECK ((storage_key ~ '^[0-9a-f]{32}$'::text))
);

ALTER TABLE chat.chat_sessions SET (fillfactor=80);
ALTER TABLE chat.chat_sessions ADD CONSTRAINT chat_sessions_trace_id_key UNIQUE (trace_id);
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_storage_key_key UNIQUE (storage_key);
ALTER TABLE chat.chat_sessions ADD CONSTRAINT chat_sessions_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)));
ALTER TABLE chat.chat_sessions ADD CONSTRAINT chat_sessions_trace_id_check CHECK (((trace_id ~ '^[0-9a-f]{32}$'::text) AND (trace_id <> repeat('0'::text, 32))));
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_content_type_check CHECK (((char_length(content_type) >= 3) AND (char_length(content_type) <= 127)));
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_original_name_check CHECK (((char_length(original_name) >= 1) AND (char_length(original_name) <= 255)));
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_sha256_check CHECK ((octet_length(sha256) = 32));
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_size_bytes_check CHECK ((size_bytes > 0));
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_storage_key_check CHECK ((storage_key ~ '^[0-9a-f]{32}$'::text));
ALTER TABLE chat.chat_messages ADD CONSTRAINT chat_messages_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat.chat_sessions(id) ON DELETE CASCADE;
ALTER TABLE chat.file_uploads ADD CONSTRAINT file_uploads_session_id_fkey FOREIGN KEY (session_id) REFERENCES chat.chat_sessions(id) ON DELETE SET NULL;
CREATE INDEX chat_messages_session_id_id_idx ON chat.chat_messages USING btree (session_id, id);
CREATE INDEX chat_sessions_agent_id_id_idx ON chat.chat_sessions USING btree (agent_id, id);
CREATE INDEX chat_sessions_deleted_id_idx ON chat.chat_sessions USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE UNIQUE INDEX chat_sessions_id_deleted_at_key ON chat.chat_sessions USING btree (id, deleted_at);
CREATE INDEX chat_sessions_user_id_agent_id_id_idx ON chat.chat_sessions USING btree (user_id, agent_id, id);
CREATE INDEX chat_sessions_user_id_id_idx ON chat.chat_sessions USING btree (user_id, id);
CREATE INDEX file_uploads_deleted_id_idx ON chat.file_uploads USING btree (id) WHERE (deleted_at IS NOT NULL);
CREATE INDEX file_uploads_session_id_id_idx ON chat.file_uploads USING btree (session_id, id) WHERE (session_id IS NOT NULL);
CREATE INDEX file_uploads_user_id_id_idx ON chat.file_uploads USING btree (user_id, id);
CREATE OR REPLACE TRIGGER chat_sessions_record_deletion AFTER UPDATE ON chat.chat_sessions FOR EACH ROW WHEN ((old.deleted_at IS DISTINCT FROM new.deleted_at)) EXECUTE FUNCTION chat.record_reference_event();
CREATE OR REPLACE TRIGGER chat_sessions_record_removal AFTER DELETE ON chat.chat_sessions FOR EACH ROW EXECUTE FUNCTION chat.record_reference_event();
CREATE OR REPLACE TRIGGER chat_sessions_set_updated_at BEFORE UPDATE ON chat.chat_sessions FOR EACH ROW EXECUTE FUNCTION chat.set_updated_at();
CREATE OR REPLACE TRIGGER file_uploads_account_for_added AFTER INSERT ON chat.file_uploads REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION chat.account_for_files();
CREATE OR REPLACE TRIGGER file_uploads_account_for_removed AFTER DELETE ON chat.file_uploads REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION chat.account_for_files();
CREATE OR REPLACE TRIGGER file_uploads_set_updated_at BEFORE UPDATE ON chat.file_uploads FOR EACH ROW EXECUTE FUNCTION chat.set_updated_at();
