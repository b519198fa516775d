-- Buckets of request rates, shared by all replicas (io.a2g.common.limit). Unlogged: losing them in a crash only fills
-- them again, and a transaction that changes nothing else does not wait for the disk.
CREATE UNLOGGED TABLE chat.rate_limits (
  bucket     text   NOT NULL,
  state      bytea,
  expires_at bigint,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (bucket)
) WITH (fillfactor = 50);

COMMENT ON TABLE chat.rate_limits IS 'One row for each user or key that sent requests in the last minutes. No index but the key, so that updates stay in their page.';
COMMENT ON COLUMN chat.rate_limits.bucket IS 'Limit, id of the user or key, requests a minute, capacity.';
COMMENT ON COLUMN chat.rate_limits.state IS 'Tokens and the time of the last refill, in the format of Bucket4j; null for the moment between insert and first use.';
COMMENT ON COLUMN chat.rate_limits.expires_at IS 'Milliseconds since 1970, UTC, by the clock of the replica that wrote; from then on the bucket is full and the row may go.';
