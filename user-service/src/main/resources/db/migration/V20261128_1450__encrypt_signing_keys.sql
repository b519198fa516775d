-- Private keys are kept encrypted. The service encrypts those that are there some minutes after it has started, when
-- the release before, which reads clear text alone, does not run beside it any more.
ALTER TABLE users.signing_keys ADD COLUMN private_key_sealed text;
ALTER TABLE users.signing_keys ALTER COLUMN private_key DROP NOT NULL;
ALTER TABLE users.signing_keys ADD CONSTRAINT signing_keys_private_key_check
  CHECK (num_nonnulls(private_key, private_key_sealed) = 1) NOT VALID;
ALTER TABLE users.signing_keys ADD CONSTRAINT signing_keys_private_key_sealed_check
  CHECK (private_key_sealed ~ '^v1\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+$') NOT VALID;
COMMENT ON COLUMN users.signing_keys.private_key IS 'The private half in clear text, PKCS #8, as it was kept before; null: private_key_sealed has it.';
COMMENT ON COLUMN users.signing_keys.private_key_sealed IS 'The private half, PKCS #8, as v1.<id of the master key>.<nonce>.<ciphertext and tag> (AES-256-GCM); null: not encrypted yet.';
