DROP TABLE tracing.idempotency_keys;
DROP FUNCTION tracing.set_updated_at();
