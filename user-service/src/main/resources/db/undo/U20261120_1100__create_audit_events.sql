DROP FUNCTION users.drop_audit_partitions_before(timestamptz);
DROP FUNCTION users.ensure_audit_partitions(integer);
DROP TABLE users.audit_events;
