-- What users (or a client for itself) have granted: one row from the authorization request to its last refresh token.
-- Codes and refresh tokens are kept as SHA-256; access and ID tokens name their grant and are not kept at all.
CREATE TABLE users.oauth_grants (
  id                       text        PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 64),
  client_id                bigint      NOT NULL REFERENCES users.oauth_clients (id) ON DELETE CASCADE,
  user_id                  bigint      REFERENCES users.users (id) ON DELETE CASCADE,
  grant_type               text        NOT NULL CHECK (grant_type IN ('authorization_code', 'client_credentials')),
  requested_scopes         text[]      NOT NULL,
  scopes                   text[]      NOT NULL,
  redirect_uri             text,
  client_state             text,
  nonce                    text,
  code_challenge           text,
  signed_in_at             timestamptz,
  consent_state_hash       bytea       CHECK (octet_length(consent_state_hash) = 32),
  code_hash                bytea       CHECK (octet_length(code_hash) = 32),
  code_expires_at          timestamptz,
  code_used_at             timestamptz,
  refresh_token_hash       bytea       CHECK (octet_length(refresh_token_hash) = 32),
  refresh_token_expires_at timestamptz,
  revoked_at               timestamptz,
  expires_at               timestamptz NOT NULL,
  created_at               timestamptz NOT NULL DEFAULT now()
);
-- Serve: the grant behind what a client presents.
CREATE UNIQUE INDEX oauth_grants_consent_state_hash_key ON users.oauth_grants (consent_state_hash);
CREATE UNIQUE INDEX oauth_grants_code_hash_key ON users.oauth_grants (code_hash);
CREATE UNIQUE INDEX oauth_grants_refresh_token_hash_key ON users.oauth_grants (refresh_token_hash);
-- Serve: the foreign keys.
CREATE INDEX oauth_grants_client_id_idx ON users.oauth_grants (client_id);
CREATE INDEX oauth_grants_user_id_idx ON users.oauth_grants (user_id);
-- Serves: removal of what is over.
CREATE INDEX oauth_grants_expires_at_idx ON users.oauth_grants (expires_at);

COMMENT ON TABLE users.oauth_grants IS 'What a client may do for a user, or for itself; its id is the claim sid of the tokens.';
COMMENT ON COLUMN users.oauth_grants.user_id IS 'Who granted it; null: the client for itself.';
COMMENT ON COLUMN users.oauth_grants.requested_scopes IS 'What the client asked for.';
COMMENT ON COLUMN users.oauth_grants.scopes IS 'What it got; empty until the user has consented.';
COMMENT ON COLUMN users.oauth_grants.redirect_uri IS 'Where the code was sent; null when the request named none.';
COMMENT ON COLUMN users.oauth_grants.client_state IS 'The state of the authorization request; null when it had none.';
COMMENT ON COLUMN users.oauth_grants.nonce IS 'Goes into the ID token; null when the request had none.';
COMMENT ON COLUMN users.oauth_grants.code_challenge IS 'PKCE, method S256.';
COMMENT ON COLUMN users.oauth_grants.signed_in_at IS 'When the user had signed in; null: the client for itself.';
COMMENT ON COLUMN users.oauth_grants.consent_state_hash IS 'SHA-256 of what the consent page sends back; null when nobody is asked any more.';
COMMENT ON COLUMN users.oauth_grants.code_hash IS 'SHA-256 of the authorization code; null: none was given.';
COMMENT ON COLUMN users.oauth_grants.code_used_at IS 'When the code was exchanged; null: not yet. Exchanging it again revokes the grant.';
COMMENT ON COLUMN users.oauth_grants.refresh_token_hash IS 'SHA-256 of the one refresh token in force; null: none.';
COMMENT ON COLUMN users.oauth_grants.revoked_at IS 'Since when nothing of it is accepted; null while in force. Never taken back.';
COMMENT ON COLUMN users.oauth_grants.expires_at IS 'When nothing of it can be used any more; the row goes after that.';

CREATE TABLE users.used_refresh_tokens (
  token_hash bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  grant_id   text        NOT NULL REFERENCES users.oauth_grants (id) ON DELETE CASCADE,
  used_at    timestamptz NOT NULL DEFAULT now()
);
-- Serves: the foreign key.
CREATE INDEX used_refresh_tokens_grant_id_idx ON users.used_refresh_tokens (grant_id);

COMMENT ON TABLE users.used_refresh_tokens IS 'Refresh tokens that were exchanged for their successors; seeing one again means that it was copied.';
COMMENT ON COLUMN users.used_refresh_tokens.token_hash IS 'SHA-256 of the token.';

CREATE TABLE users.oauth_consents (
  client_id  bigint      NOT NULL REFERENCES users.oauth_clients (id) ON DELETE CASCADE,
  user_id    bigint      NOT NULL REFERENCES users.users (id) ON DELETE CASCADE,
  scopes     text[]      NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client_id, user_id)
);
-- Serves: the foreign key.
CREATE INDEX oauth_consents_user_id_idx ON users.oauth_consents (user_id);

COMMENT ON TABLE users.oauth_consents IS 'What users allowed a client that has to ask.';
COMMENT ON COLUMN users.oauth_consents.granted_at IS 'Of the latest change.';
