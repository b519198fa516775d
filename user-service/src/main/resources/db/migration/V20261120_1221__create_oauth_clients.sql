-- The programs that users sign in to, and services that call with a name of their own.
CREATE TABLE users.oauth_clients (
  id                        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id                 text        NOT NULL CHECK (client_id ~ '^[a-z0-9][a-z0-9._-]{2,63}$'),
  name                      text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  secret_hash               bytea       CHECK (octet_length(secret_hash) = 32),
  grant_types               text[]      NOT NULL CHECK (cardinality(grant_types) BETWEEN 1 AND 3),
  redirect_uris             text[]      NOT NULL CHECK (cardinality(redirect_uris) <= 20),
  post_logout_redirect_uris text[]      NOT NULL CHECK (cardinality(post_logout_redirect_uris) <= 20),
  scopes                    text[]      NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 20),
  consent_required          boolean     NOT NULL,
  secret_changed_at         timestamptz,
  created_at                timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT oauth_clients_client_id_key UNIQUE (client_id)
);

COMMENT ON TABLE users.oauth_clients IS 'OAuth clients, registered by administrators.';
COMMENT ON COLUMN users.oauth_clients.client_id IS 'What the client calls itself by; never changes.';
COMMENT ON COLUMN users.oauth_clients.secret_hash IS 'SHA-256 of the secret, 32 bytes; null: a public client, which has none.';
COMMENT ON COLUMN users.oauth_clients.grant_types IS 'authorization_code, refresh_token, client_credentials.';
COMMENT ON COLUMN users.oauth_clients.redirect_uris IS 'Where a code may be sent: https or loopback, compared character by character.';
COMMENT ON COLUMN users.oauth_clients.scopes IS 'What the client may ask for.';
COMMENT ON COLUMN users.oauth_clients.consent_required IS 'Whether users are asked before the client gets anything of theirs.';
COMMENT ON COLUMN users.oauth_clients.secret_changed_at IS 'When the secret was drawn; null for a public client.';
