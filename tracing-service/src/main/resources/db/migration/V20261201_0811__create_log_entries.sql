-- One partition for each month (UTC), so that old entries go by dropping a table. What has no
-- partition, such as entries that arrive months late, goes to the default one.
CREATE TABLE tracing.log_entries (
  id             bigint           GENERATED ALWAYS AS IDENTITY,
  trace_id       text             NOT NULL REFERENCES tracing.trace_metadata (trace_id),
  span_id        text             CHECK (span_id ~ '^[0-9a-f]{16}$'),
  parent_span_id text             CHECK (parent_span_id ~ '^[0-9a-f]{16}$'),
  service_name   text             NOT NULL CHECK (char_length(service_name) BETWEEN 1 AND 100),
  level          text             NOT NULL CHECK (level IN ('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL')),
  log_type       text             NOT NULL CHECK (log_type IN
                                    ('MESSAGE', 'LLM', 'TOOL_CALL', 'TOOL_RESPONSE', 'AGENT_TRANSFER', 'SPAN')),
  message        text             NOT NULL CHECK (char_length(message) <= 100000),
  attributes     jsonb            NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'
                                    AND octet_length(attributes::text) <= 131072),
  occurred_at    timestamptz      NOT NULL,
  duration_ms    double precision CHECK (duration_ms >= 0 AND duration_ms <= 1e12),
  created_at     timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);
-- Serves: the entries of a trace in the order in which they happened; the foreign key.
CREATE INDEX log_entries_trace_id_occurred_at_id_idx ON tracing.log_entries (trace_id, occurred_at, id);
-- Serves: the newest entries of a service.
CREATE INDEX log_entries_service_name_occurred_at_id_idx ON tracing.log_entries (service_name, occurred_at, id);
-- Serves: the newest errors, and the errors of the last hour.
CREATE INDEX log_entries_errors_idx ON tracing.log_entries (occurred_at, id) WHERE level IN ('ERROR', 'FATAL');

CREATE TABLE tracing.log_entries_default PARTITION OF tracing.log_entries DEFAULT;
-- Serves: removal of what is older than the retention, and the move to a partition made later.
CREATE INDEX log_entries_default_occurred_at_idx ON tracing.log_entries_default (occurred_at);

COMMENT ON TABLE tracing.log_entries IS 'What happened in a trace. Written once, never changed.';
COMMENT ON COLUMN tracing.log_entries.span_id IS 'W3C span id: 16 lower-case hex digits; null: of the trace as a whole.';
COMMENT ON COLUMN tracing.log_entries.parent_span_id IS 'The span that this one is part of; null: none.';
COMMENT ON COLUMN tracing.log_entries.service_name IS 'Who wrote it.';
COMMENT ON COLUMN tracing.log_entries.log_type IS 'What kind of event it is.';
COMMENT ON COLUMN tracing.log_entries.message IS 'Text for people; of a span, its name.';
COMMENT ON COLUMN tracing.log_entries.attributes IS 'JSON object, at most 65,536 bytes as sent; PostgreSQL prints more blanks.';
COMMENT ON COLUMN tracing.log_entries.occurred_at IS 'When it happened, by the writer''s clock.';
COMMENT ON COLUMN tracing.log_entries.duration_ms IS 'How long it took, in milliseconds; null: an event without duration.';
COMMENT ON COLUMN tracing.log_entries.created_at IS 'When it was stored.';

-- The service may not create tables, so these functions run as the owner of the schema. Their
-- lock_timeout is below deadlock_timeout (1 s): when upkeep meets traffic, upkeep gives way.
CREATE FUNCTION tracing.ensure_log_partitions(p_months_ahead integer) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  first_month  timestamptz := date_trunc('month', now());
  month_begins timestamptz;
  month_ends   timestamptz;
  partition    text;
  made         integer := 0;
BEGIN
  IF p_months_ahead NOT BETWEEN 1 AND 24 THEN
    RAISE EXCEPTION 'months ahead must be 1 to 24, not %', p_months_ahead
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('tracing.log_entries', 0));
  FOR ahead IN 0 .. p_months_ahead LOOP
    month_begins := first_month + make_interval(months => ahead);
    month_ends := month_begins + interval '1 month';
    partition := 'log_entries_' || to_char(month_begins, 'YYYY_MM');
    CONTINUE WHEN to_regclass('tracing.' || partition) IS NOT NULL;
    -- Made beside and attached, which lets reads and writes of the other partitions go on.
    EXECUTE format(
      'CREATE TABLE tracing.%I (LIKE tracing.log_entries INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    LOCK TABLE tracing.log_entries_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format(
      'WITH early AS (DELETE FROM tracing.log_entries_default
                      WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
       INSERT INTO tracing.%I SELECT * FROM early', partition)
      USING month_begins, month_ends;
    EXECUTE format(
      'ALTER TABLE tracing.log_entries ATTACH PARTITION tracing.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_begins, month_ends);
    -- Entries are read and written through log_entries alone.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracing_app') THEN
      EXECUTE format('REVOKE ALL ON TABLE tracing.%I FROM tracing_app', partition);
    END IF;
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION tracing.ensure_log_partitions(integer) FROM PUBLIC;
COMMENT ON FUNCTION tracing.ensure_log_partitions(integer) IS
  'Makes the partitions of this month and of the months ahead (1 to 24) that are missing; returns how many. Safe at once on several replicas.';

CREATE FUNCTION tracing.drop_log_partitions_before(p_cutoff timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET lock_timeout = '500ms' AS $$
DECLARE
  partition regclass;
  dropped   integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('tracing.log_entries', 0));
  FOR partition IN
    SELECT c.oid::regclass
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tracing.log_entries'::regclass
      -- The upper bound; null for the default partition.
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz
          <= least(p_cutoff, date_trunc('month', now()))
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %s', partition);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
REVOKE ALL ON FUNCTION tracing.drop_log_partitions_before(timestamptz) FROM PUBLIC;
COMMENT ON FUNCTION tracing.drop_log_partitions_before(timestamptz) IS
  'Drops the partitions that end at the cutoff or before, never the current month''s; returns how many.';

SELECT tracing.ensure_log_partitions(3);
