DROP FUNCTION tracing.drop_log_partitions_before(timestamptz);
DROP FUNCTION tracing.ensure_log_partitions(integer);
-- With all its partitions.
DROP TABLE tracing.log_entries;
