-- Apart from adding it, so that the table is read without keeping writers waiting.
ALTER TABLE users.api_keys VALIDATE CONSTRAINT api_keys_description_check;
