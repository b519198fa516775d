DROP FUNCTION agents.drop_audit_partitions_before(timestamptz);
DROP FUNCTION agents.ensure_audit_partitions(integer);
DROP TABLE agents.audit_events;
