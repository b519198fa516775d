ALTER TABLE users.api_keys ADD COLUMN description text;
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_description_check
  CHECK (char_length(description) BETWEEN 1 AND 500) NOT VALID;
COMMENT ON COLUMN users.api_keys.description IS 'What the key is for, in its owner''s words; null: none is given.';
