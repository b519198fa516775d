-- What uploads take, and which of their files are to go. Both are kept where rows are written, so that neither the purge nor
-- a change by hand can pass them by.

CREATE TABLE chat.file_storage (
  only_row  boolean NOT NULL DEFAULT true CHECK (only_row),
  folder_id uuid,
  bytes     bigint  NOT NULL,
  CONSTRAINT file_storage_pkey PRIMARY KEY (only_row)
);
COMMENT ON TABLE chat.file_storage IS 'The folder of uploads that belongs to this database: one row.';
COMMENT ON COLUMN chat.file_storage.folder_id IS 'The id that stands in the folder, too (file storage-id); null: not bound to one yet, or restored from a backup.';
COMMENT ON COLUMN chat.file_storage.bytes IS 'Of all rows of file_uploads, deleted ones too.';

CREATE TABLE chat.file_usage (
  user_id bigint NOT NULL,
  bytes   bigint NOT NULL,
  CONSTRAINT file_usage_pkey PRIMARY KEY (user_id)
);
COMMENT ON TABLE chat.file_usage IS 'What the uploads of each user take.';
COMMENT ON COLUMN chat.file_usage.user_id IS 'users.users.id, as in file_uploads: a recorded fact.';
COMMENT ON COLUMN chat.file_usage.bytes IS 'Of the user''s rows of file_uploads, deleted ones too.';

CREATE TABLE chat.files_to_remove (
  storage_key text        NOT NULL CHECK (storage_key ~ '^[0-9a-f]{32}$'),
  listed_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT files_to_remove_pkey PRIMARY KEY (storage_key)
);
COMMENT ON TABLE chat.files_to_remove IS 'Files that no row stands for: their row was removed, or the upload has not got it yet. Only what is listed here is ever removed, 30 days later.';

CREATE FUNCTION chat.account_for_files() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
END $$;
COMMENT ON FUNCTION chat.account_for_files() IS 'Trigger: counts what uploads take, and lists the files of removed rows.';

CREATE TRIGGER file_uploads_account_for_added AFTER INSERT ON chat.file_uploads
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION chat.account_for_files();
CREATE TRIGGER file_uploads_account_for_removed AFTER DELETE ON chat.file_uploads
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION chat.account_for_files();

-- A database that was restored is another one, and its folder is not that of the database that the backup was taken of.
-- The tool calls it after a restore (docs/operations.md).
CREATE FUNCTION chat.after_restore() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE chat.file_storage SET folder_id = NULL;
END $$;
REVOKE ALL ON FUNCTION chat.after_restore() FROM PUBLIC;
COMMENT ON FUNCTION chat.after_restore() IS 'Called once in a restored database: its folder of uploads is bound anew.';
