DROP FUNCTION tracing.drop_audit_partitions_before(timestamptz);
DROP FUNCTION tracing.ensure_audit_partitions(integer);
DROP TABLE tracing.audit_events;
