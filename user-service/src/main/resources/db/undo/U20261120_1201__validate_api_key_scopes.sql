ALTER TABLE users.api_keys DROP CONSTRAINT api_keys_scopes_check;
ALTER TABLE users.api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) BETWEEN 1 AND 50) NOT VALID;
