DROP TABLE admin.idempotency_keys;
DROP FUNCTION admin.set_updated_at();
