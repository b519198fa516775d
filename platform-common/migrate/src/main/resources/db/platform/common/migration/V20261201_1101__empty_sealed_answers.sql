-- They were sealed with the header Authorization; where the credential came as X-API-Key there is none, and anybody could
-- open them. The rows stay, so that a repeat is refused instead of done again; they go within 24 hours.
UPDATE ${flyway:defaultSchema}.idempotency_keys SET body = '' WHERE sealed;
COMMENT ON COLUMN ${flyway:defaultSchema}.idempotency_keys.sealed IS 'True: body is a nonce of 12 bytes and AES-256-GCM under a key made from the caller''s credential; empty: sealed before, and never opened again.';
