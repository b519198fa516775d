-- Serves: the grant behind a used refresh token.
CREATE UNIQUE INDEX CONCURRENTLY oauth_grants_refresh_family_hash_key ON users.oauth_grants (refresh_family_hash);
