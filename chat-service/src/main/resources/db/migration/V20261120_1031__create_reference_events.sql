-- What happens to rows that others refer to, written in the transaction in which it happens, and who was told.
CREATE TABLE chat.reference_events (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  target      text        NOT NULL,
  target_id   bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('DELETED', 'RESTORED', 'PURGED')),
  occurred_at timestamptz NOT NULL DEFAULT now(),
  position    bigint
);
-- Serves: what a subscriber has not been told.
CREATE UNIQUE INDEX reference_events_position_key ON chat.reference_events (position);
-- Serves: what has no position yet.
CREATE INDEX reference_events_unplaced_id_idx ON chat.reference_events (id) WHERE position IS NULL;
-- Serves: the removal of old events.
CREATE INDEX reference_events_occurred_at_idx ON chat.reference_events (occurred_at);
CREATE SEQUENCE chat.reference_event_positions;

COMMENT ON TABLE chat.reference_events IS 'Deletions, restorations and removals of rows that other schemas refer to; kept for 30 days and until every subscriber was told.';
COMMENT ON COLUMN chat.reference_events.id IS 'Grows with time for one row; between rows it says nothing.';
COMMENT ON COLUMN chat.reference_events.target IS 'Schema and table of the row.';
COMMENT ON COLUMN chat.reference_events.position IS 'Place in the order of telling, given after the commit; null until then, and where nobody subscribes.';

CREATE TABLE chat.reference_subscriptions (
  subscriber      text        PRIMARY KEY,
  position        bigint      NOT NULL DEFAULT 0,
  failures        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE chat.reference_subscriptions IS 'Schemas in other databases that are told about events, by configuration of the service.';
COMMENT ON COLUMN chat.reference_subscriptions.subscriber IS 'Name of the schema.';
COMMENT ON COLUMN chat.reference_subscriptions.position IS 'Of the last event that it was told.';
COMMENT ON COLUMN chat.reference_subscriptions.failures IS 'Attempts in a row without an answer.';

CREATE FUNCTION chat.record_reference_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  happened text := 'PURGED';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    happened := CASE WHEN NEW.deleted_at IS NULL THEN 'RESTORED' ELSE 'DELETED' END;
  END IF;
  INSERT INTO chat.reference_events (target, target_id, kind)
  VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, OLD.id, happened);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION chat.record_reference_event() FROM PUBLIC;
COMMENT ON FUNCTION chat.record_reference_event() IS 'Writes an event for a row that was deleted, restored or removed, by whomever.';
