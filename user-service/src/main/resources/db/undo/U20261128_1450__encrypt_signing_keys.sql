-- The release before cannot open encrypted keys, so they go; the next token makes a new key, and tokens of five minutes
-- are refused until then.
DELETE FROM users.signing_keys WHERE private_key IS NULL;
ALTER TABLE users.signing_keys DROP COLUMN private_key_sealed;
ALTER TABLE users.signing_keys ALTER COLUMN private_key SET NOT NULL;
COMMENT ON COLUMN users.signing_keys.private_key IS 'The private half, PKCS #8. A secret: backups of this schema are to be kept like one.';
