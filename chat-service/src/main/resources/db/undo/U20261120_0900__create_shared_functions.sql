DROP TABLE chat.idempotency_keys;
DROP FUNCTION chat.set_updated_at();
