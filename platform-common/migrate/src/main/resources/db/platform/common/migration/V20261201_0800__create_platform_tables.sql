-- What every schema of the platform has. The functions stand in R__platform_functions.sql, which follows every version; a
-- trigger needs its function before, so it is declared here.

CREATE FUNCTION ${flyway:defaultSchema}.set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

-- Answers to POST requests that carried an Idempotency-Key (io.a2g.common.idempotency).
CREATE TABLE ${flyway:defaultSchema}.idempotency_keys (
  caller_id    bigint      NOT NULL,
  route        text        NOT NULL,
  key_hash     bytea       NOT NULL CHECK (octet_length(key_hash) = 32),
  request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
  status       smallint    NOT NULL CHECK (status BETWEEN 200 AND 299),
  content_type text,
  location     text,
  etag         text,
  sealed       boolean     NOT NULL,
  body         bytea       NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller_id, route, key_hash)
);
-- Serves: hourly removal of keys older than 24 hours.
CREATE INDEX idempotency_keys_created_at_idx ON ${flyway:defaultSchema}.idempotency_keys (created_at);
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.caller_id IS 'Who sent it: users.users.id, a recorded fact.';
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.route IS 'Method and path.';
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.key_hash IS 'SHA-256 of the header, 32 bytes.';
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.request_hash IS 'SHA-256 of the body or its parts, 32 bytes.';
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.sealed IS 'True: body is AES-256-GCM under a key made from the caller''s credential.';

-- Who did what: written in the transaction of the change itself, never changed. One partition for each month (UTC), so
-- that what is too old goes by dropping a table; the default one takes what has none.
CREATE TABLE ${flyway:defaultSchema}.audit_events (
  id             bigint      GENERATED ALWAYS AS IDENTITY,
  occurred_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id       bigint,
  api_key_id     bigint,
  action         text        NOT NULL CHECK (char_length(action) BETWEEN 1 AND 80),
  resource_type  text        NOT NULL CHECK (char_length(resource_type) BETWEEN 1 AND 40),
  resource_id    text        NOT NULL CHECK (char_length(resource_id) BETWEEN 1 AND 100),
  before         jsonb,
  after          jsonb,
  client_address inet,
  user_agent     text        CHECK (char_length(user_agent) <= 200),
  trace_id       text        CHECK (trace_id ~ '^[0-9a-f]{32}$'),
  PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);
-- Serves: what happened to one thing, and what one person did, newest first.
CREATE INDEX audit_events_resource_idx ON ${flyway:defaultSchema}.audit_events (resource_type, resource_id, id);
CREATE INDEX audit_events_actor_id_id_idx ON ${flyway:defaultSchema}.audit_events (actor_id, id);
CREATE TABLE ${flyway:defaultSchema}.audit_events_default PARTITION OF ${flyway:defaultSchema}.audit_events DEFAULT;

COMMENT ON TABLE ${flyway:defaultSchema}.audit_events IS 'Changes that somebody may have to answer for; append-only.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.actor_id IS 'users.users.id of who did it, a recorded fact; null: the platform itself.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.api_key_id IS 'users.api_keys.id of the key in use; null: none.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.action IS 'Resource and verb, such as user.role_changed.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.before IS 'What changed, as it was; no secret; null: nothing was there.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.after IS 'What changed, as it is now; no secret; null: nothing is left.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.client_address IS 'Where the request came from; null: no request.';
COMMENT ON COLUMN ${flyway:defaultSchema}.audit_events.trace_id IS 'W3C trace id of the request; null: no request.';

-- Buckets of request rates, shared by all replicas (io.a2g.common.ratelimit). Unlogged: losing them in a crash only fills
-- them again, and a transaction that changes nothing else does not wait for the disk.
CREATE UNLOGGED TABLE ${flyway:defaultSchema}.rate_limits (
  bucket     text   NOT NULL,
  state      bytea,
  expires_at bigint,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (bucket)
) WITH (fillfactor = 50);

COMMENT ON TABLE ${flyway:defaultSchema}.rate_limits IS 'One row for each user or key that sent requests in the last minutes. No index but the key, so that updates stay in their page.';
COMMENT ON COLUMN ${flyway:defaultSchema}.rate_limits.bucket IS 'Limit, id of the user or key, requests a minute, capacity.';
COMMENT ON COLUMN ${flyway:defaultSchema}.rate_limits.state IS 'Tokens and the time of the last refill, in the format of Bucket4j; null for the moment between insert and first use.';
COMMENT ON COLUMN ${flyway:defaultSchema}.rate_limits.expires_at IS 'Milliseconds since 1970, UTC, by the clock of the replica that wrote; from then on the bucket is full and the row may go.';
