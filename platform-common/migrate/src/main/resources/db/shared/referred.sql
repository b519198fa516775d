-- A schema that others refer to has this besides: reservations of its rows, and the news of their deletion.

CREATE SEQUENCE ${schema}.reference_event_positions AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1;
CREATE OR REPLACE FUNCTION ${schema}.record_reference_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
  happened text := 'PURGED';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    happened := CASE WHEN NEW.deleted_at IS NULL THEN 'RESTORED' ELSE 'DELETED' END;
  END IF;
  INSERT INTO ${schema}.reference_events (target, target_id, kind)
  VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, OLD.id, happened);
  RETURN NULL;
END $function$;

CREATE TABLE ${schema}.reference_events (
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  kind text NOT NULL,
  occurred_at timestamp with time zone DEFAULT now() NOT NULL,
  position bigint,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT reference_events_pkey PRIMARY KEY (id),
  CONSTRAINT reference_events_kind_check CHECK ((kind = ANY (ARRAY['DELETED'::text, 'RESTORED'::text, 'PURGED'::text])))
);

CREATE TABLE ${schema}.reference_reservations (
  holder text NOT NULL,
  id uuid NOT NULL,
  reserved_at timestamp with time zone DEFAULT now() NOT NULL,
  target text NOT NULL,
  target_id bigint NOT NULL,
  CONSTRAINT reference_reservations_pkey PRIMARY KEY (id, target, target_id)
);

CREATE TABLE ${schema}.reference_subscriptions (
  failures integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
  position bigint DEFAULT 0 NOT NULL,
  subscriber text NOT NULL,
  CONSTRAINT reference_subscriptions_pkey PRIMARY KEY (subscriber)
);

CREATE INDEX reference_events_occurred_at_idx ON ${schema}.reference_events USING btree (occurred_at);
CREATE UNIQUE INDEX reference_events_position_key ON ${schema}.reference_events USING btree ("position");
CREATE INDEX reference_events_unplaced_id_idx ON ${schema}.reference_events USING btree (id) WHERE ("position" IS NULL);
CREATE INDEX reference_reservations_holder_reserved_at_idx ON ${schema}.reference_reservations USING btree (holder, reserved_at);
CREATE INDEX reference_reservations_target_target_id_idx ON ${schema}.reference_reservations USING btree (target, target_id);
