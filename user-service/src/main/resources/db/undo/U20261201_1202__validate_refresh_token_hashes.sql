ALTER TABLE users.oauth_grants DROP CONSTRAINT oauth_grants_refresh_family_hash_check;
ALTER TABLE users.oauth_grants ADD CONSTRAINT oauth_grants_refresh_family_hash_check
  CHECK (octet_length(refresh_family_hash) = 32) NOT VALID;
ALTER TABLE users.oauth_grants DROP CONSTRAINT oauth_grants_previous_refresh_token_hash_check;
ALTER TABLE users.oauth_grants ADD CONSTRAINT oauth_grants_previous_refresh_token_hash_check
  CHECK (octet_length(previous_refresh_token_hash) = 32) NOT VALID;
