-- A used refresh token is recognised by the part that it shares with its successors, instead of a list that grows with
-- each use; and it is accepted once more for a moment, when the answer was lost.
ALTER TABLE users.oauth_grants ADD COLUMN refresh_family_hash bytea;
ALTER TABLE users.oauth_grants ADD COLUMN previous_refresh_token_hash bytea;
ALTER TABLE users.oauth_grants ADD COLUMN refreshed_at timestamptz;
ALTER TABLE users.oauth_grants ADD CONSTRAINT oauth_grants_refresh_family_hash_check
  CHECK (octet_length(refresh_family_hash) = 32) NOT VALID;
ALTER TABLE users.oauth_grants ADD CONSTRAINT oauth_grants_previous_refresh_token_hash_check
  CHECK (octet_length(previous_refresh_token_hash) = 32) NOT VALID;

COMMENT ON COLUMN users.oauth_grants.refresh_family_hash IS 'SHA-256 of what all its refresh tokens begin with; null: there is none, or only such as an earlier release gave.';
COMMENT ON COLUMN users.oauth_grants.previous_refresh_token_hash IS 'SHA-256 of the refresh token before the one in force; null: none, or it was accepted a second time already.';
COMMENT ON COLUMN users.oauth_grants.refreshed_at IS 'When the refresh token in force was given; null: none, or by an earlier release.';
COMMENT ON TABLE users.used_refresh_tokens IS 'Used refresh tokens of an earlier release, which do not show their grant; seeing one again means that it was copied. None are added once all replicas are of this release.';
