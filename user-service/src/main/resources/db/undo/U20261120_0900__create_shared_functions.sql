DROP TABLE users.idempotency_keys;
DROP FUNCTION users.set_updated_at();
