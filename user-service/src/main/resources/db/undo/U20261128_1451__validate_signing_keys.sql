ALTER TABLE users.signing_keys DROP CONSTRAINT signing_keys_private_key_check;
ALTER TABLE users.signing_keys ADD CONSTRAINT signing_keys_private_key_check
  CHECK (num_nonnulls(private_key, private_key_sealed) = 1) NOT VALID;
ALTER TABLE users.signing_keys DROP CONSTRAINT signing_keys_private_key_sealed_check;
ALTER TABLE users.signing_keys ADD CONSTRAINT signing_keys_private_key_sealed_check
  CHECK (private_key_sealed ~ '^v1\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+$') NOT VALID;
