-- Apart from adding them, so that the table is read without keeping writers waiting.
ALTER TABLE users.oauth_grants VALIDATE CONSTRAINT oauth_grants_refresh_family_hash_check;
ALTER TABLE users.oauth_grants VALIDATE CONSTRAINT oauth_grants_previous_refresh_token_hash_check;
