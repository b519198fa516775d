-- What a schema that others refer to has.

CREATE OR REPLACE FUNCTION ${flyway:defaultSchema}.record_reference_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  happened text := 'PURGED';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    happened := CASE WHEN NEW.deleted_at IS NULL THEN 'RESTORED' ELSE 'DELETED' END;
  END IF;
  INSERT INTO ${flyway:defaultSchema}.reference_events (target, target_id, kind)
  VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, OLD.id, happened);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION ${flyway:defaultSchema}.record_reference_event() FROM PUBLIC;
COMMENT ON FUNCTION ${flyway:defaultSchema}.record_reference_event() IS 'Writes an event for a row that was deleted, restored or removed, by whomever.';
