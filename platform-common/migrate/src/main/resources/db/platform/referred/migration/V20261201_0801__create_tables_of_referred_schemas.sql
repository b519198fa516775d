-- What a schema that others refer to has.

-- Reservations of rows here by services whose schema is in another database, where no lock reaches.
CREATE TABLE ${flyway:defaultSchema}.reference_reservations (
  id          uuid        NOT NULL,
  target      text        NOT NULL,
  target_id   bigint      NOT NULL,
  holder      text        NOT NULL,
  reserved_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT reference_reservations_pkey PRIMARY KEY (id, target, target_id)
);
-- Serves: the deletion of a target, which settles its reservations first.
CREATE INDEX reference_reservations_target_target_id_idx ON ${flyway:defaultSchema}.reference_reservations (target, target_id);
-- Serves: the sweeper, which settles the old ones of a holder.
CREATE INDEX reference_reservations_holder_reserved_at_idx ON ${flyway:defaultSchema}.reference_reservations (holder, reserved_at);

COMMENT ON TABLE ${flyway:defaultSchema}.reference_reservations IS 'Who, in another database, is about to refer to a row here or did so a moment ago. Empty while all schemas share one database.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_reservations.id IS 'Drawn by the holder for one transaction; may reserve several rows.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_reservations.target IS 'Schema and table of the row.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_reservations.holder IS 'Schema that knows whether the reservation was used.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_reservations.reserved_at IS 'By this database''s clock, and compared with it only.';

-- What happens to rows that others refer to, written in the transaction in which it happens, and who was told.
CREATE TABLE ${flyway:defaultSchema}.reference_events (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  target      text        NOT NULL,
  target_id   bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('DELETED', 'RESTORED', 'PURGED')),
  occurred_at timestamptz NOT NULL DEFAULT now(),
  position    bigint
);
-- Serves: what a subscriber has not been told.
CREATE UNIQUE INDEX reference_events_position_key ON ${flyway:defaultSchema}.reference_events (position);
-- Serves: what has no position yet.
CREATE INDEX reference_events_unplaced_id_idx ON ${flyway:defaultSchema}.reference_events (id) WHERE position IS NULL;
-- Serves: the removal of old events.
CREATE INDEX reference_events_occurred_at_idx ON ${flyway:defaultSchema}.reference_events (occurred_at);
CREATE SEQUENCE ${flyway:defaultSchema}.reference_event_positions;

COMMENT ON TABLE ${flyway:defaultSchema}.reference_events IS 'Deletions, restorations and removals of rows that other schemas refer to; kept for 30 days and until every subscriber was told.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_events.id IS 'Grows with time for one row; between rows it says nothing.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_events.target IS 'Schema and table of the row.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_events.position IS 'Place in the order of telling, given after the commit; null until then, and where nobody subscribes.';

CREATE TABLE ${flyway:defaultSchema}.reference_subscriptions (
  subscriber      text        PRIMARY KEY,
  position        bigint      NOT NULL DEFAULT 0,
  failures        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE ${flyway:defaultSchema}.reference_subscriptions IS 'Schemas in other databases that are told about events, by configuration of the service.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_subscriptions.subscriber IS 'Name of the schema.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_subscriptions.position IS 'Of the last event that it was told.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_subscriptions.failures IS 'Attempts in a row without an answer.';

-- Triggers need it now; R__referred_functions.sql has it.
CREATE FUNCTION ${flyway:defaultSchema}.record_reference_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
