ALTER TABLE users.api_keys ADD COLUMN replaced_by bigint;
COMMENT ON COLUMN users.api_keys.replaced_by IS 'Id of the key that replaces it, a recorded fact: that key may be gone; null: none does.';
