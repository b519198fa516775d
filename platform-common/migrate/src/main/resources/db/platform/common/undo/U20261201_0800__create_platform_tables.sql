-- What R__platform_functions.sql made goes too; it is not there when this version was applied without a run to head.
DROP FUNCTION IF EXISTS ${flyway:defaultSchema}.drop_audit_partitions_before(timestamptz);
DROP FUNCTION IF EXISTS ${flyway:defaultSchema}.ensure_audit_partitions(integer);
DROP TABLE ${flyway:defaultSchema}.rate_limits;
DROP TABLE ${flyway:defaultSchema}.audit_events;
DROP TABLE ${flyway:defaultSchema}.idempotency_keys;
DROP FUNCTION ${flyway:defaultSchema}.set_updated_at();
