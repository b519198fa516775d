-- Apart from adding it, so that the table is read without keeping anybody out.
ALTER TABLE users.api_keys VALIDATE CONSTRAINT api_keys_scopes_check;
