ALTER TABLE users.api_keys DROP CONSTRAINT api_keys_description_check;
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_description_check
  CHECK (char_length(description) BETWEEN 1 AND 500) NOT VALID;
