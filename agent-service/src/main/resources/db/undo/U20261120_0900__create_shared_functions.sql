DROP TABLE agents.idempotency_keys;
DROP FUNCTION agents.set_updated_at();
