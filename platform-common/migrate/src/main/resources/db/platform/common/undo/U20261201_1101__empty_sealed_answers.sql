-- The release before opens no answer that was sealed since then; it refuses the repeat with 409.
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.sealed IS 'True: body is AES-256-GCM under a key made from the caller''s credential.';
