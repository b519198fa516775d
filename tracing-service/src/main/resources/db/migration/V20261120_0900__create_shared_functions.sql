-- What every table of this schema relies on.

CREATE FUNCTION tracing.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;
COMMENT ON FUNCTION tracing.set_updated_at() IS 'Trigger: keeps updated_at, whoever writes.';

-- Answers to POST requests that carried an Idempotency-Key (io.a2g.common.idempotency).
CREATE TABLE tracing.idempotency_keys (
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
CREATE INDEX idempotency_keys_created_at_idx ON tracing.idempotency_keys (created_at);
COMMENT ON COLUMN tracing.idempotency_keys.caller_id IS 'Who sent it: users.users.id, a recorded fact.';
COMMENT ON COLUMN tracing.idempotency_keys.route IS 'Method and path.';
COMMENT ON COLUMN tracing.idempotency_keys.key_hash IS 'SHA-256 of the header, 32 bytes.';
COMMENT ON COLUMN tracing.idempotency_keys.request_hash IS 'SHA-256 of the body or its parts, 32 bytes.';
COMMENT ON COLUMN tracing.idempotency_keys.sealed IS 'True: body is AES-256-GCM under a key made from the caller''s credential.';
