DROP FUNCTION chat.drop_audit_partitions_before(timestamptz);
DROP FUNCTION chat.ensure_audit_partitions(integer);
DROP TABLE chat.audit_events;
