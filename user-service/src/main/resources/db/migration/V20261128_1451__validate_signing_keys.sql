-- Apart from adding them, so that the table is read without keeping anybody out.
ALTER TABLE users.signing_keys VALIDATE CONSTRAINT signing_keys_private_key_check;
ALTER TABLE users.signing_keys VALIDATE CONSTRAINT signing_keys_private_key_sealed_check;
