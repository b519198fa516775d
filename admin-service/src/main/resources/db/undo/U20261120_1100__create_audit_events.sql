DROP FUNCTION admin.drop_audit_partitions_before(timestamptz);
DROP FUNCTION admin.ensure_audit_partitions(integer);
DROP TABLE admin.audit_events;
