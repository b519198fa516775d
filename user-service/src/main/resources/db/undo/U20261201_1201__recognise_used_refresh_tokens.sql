COMMENT ON TABLE users.used_refresh_tokens IS 'Refresh tokens that were exchanged for their successors; seeing one again means that it was copied.';
ALTER TABLE users.oauth_grants DROP COLUMN refreshed_at;
ALTER TABLE users.oauth_grants DROP COLUMN previous_refresh_token_hash;
ALTER TABLE users.oauth_grants DROP COLUMN refresh_family_hash;
