-- The keys that sign tokens. Each is published before it signs, and afterwards until the last token it signed has expired.
CREATE TABLE users.signing_keys (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kid             text        NOT NULL CHECK (kid ~ '^[A-Za-z0-9_-]{1,64}$'),
  public_jwk      text        NOT NULL CHECK (char_length(public_jwk) <= 4000),
  private_key     bytea,
  signs_from      timestamptz NOT NULL,
  published_until timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  private_key_sealed text
    CHECK (private_key_sealed ~ '^v1\.[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]+$'),
  CONSTRAINT signing_keys_kid_key UNIQUE (kid),
  CONSTRAINT signing_keys_private_key_check CHECK (num_nonnulls(private_key, private_key_sealed) = 1)
);
-- Serves: which key signs now.
CREATE INDEX signing_keys_signs_from_idx ON users.signing_keys (signs_from);

COMMENT ON TABLE users.signing_keys IS 'RSA keys that sign tokens; read by user-service alone, others see the public halves by published_signing_keys.';
COMMENT ON COLUMN users.signing_keys.kid IS 'Key id: RFC 7638 thumbprint of the public key.';
COMMENT ON COLUMN users.signing_keys.public_jwk IS 'The public half as a JSON Web Key.';
COMMENT ON COLUMN users.signing_keys.private_key IS 'The private half in clear text, PKCS #8, as it was kept before; null: private_key_sealed has it.';
COMMENT ON COLUMN users.signing_keys.private_key_sealed IS 'The private half, PKCS #8, as v1.<id of the master key>.<nonce>.<ciphertext and tag> (AES-256-GCM); null: not encrypted yet.';
COMMENT ON COLUMN users.signing_keys.signs_from IS 'The key with the latest of these that is not in the future signs.';
COMMENT ON COLUMN users.signing_keys.published_until IS 'When tokens signed by it cease to be accepted; null while no other key follows it.';

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

-- Browsers that are signed in. Kept here and not in a service's memory, so that any replica knows them.
CREATE TABLE users.sign_in_sessions (
  token_hash   bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  user_id      bigint      NOT NULL REFERENCES users.users (id) ON DELETE CASCADE,
  signed_in_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL
);
-- Serves: the foreign key.
CREATE INDEX sign_in_sessions_user_id_idx ON users.sign_in_sessions (user_id);
-- Serves: removal of what is over.
CREATE INDEX sign_in_sessions_expires_at_idx ON users.sign_in_sessions (expires_at);

COMMENT ON TABLE users.sign_in_sessions IS 'Browsers that are signed in.';
COMMENT ON COLUMN users.sign_in_sessions.token_hash IS 'SHA-256 of the cookie.';

-- A browser on its way to the company's identity provider and back.
CREATE TABLE users.sign_in_attempts (
  token_hash    bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  state         text        NOT NULL,
  nonce         text        NOT NULL,
  code_verifier text        NOT NULL,
  redirect_uri  text        NOT NULL,
  continue_with text,
  expires_at    timestamptz NOT NULL
);
-- Serves: removal of what is over.
CREATE INDEX sign_in_attempts_expires_at_idx ON users.sign_in_attempts (expires_at);

COMMENT ON TABLE users.sign_in_attempts IS 'Browsers that were sent to the identity provider and are not back.';
COMMENT ON COLUMN users.sign_in_attempts.token_hash IS 'SHA-256 of the cookie that binds the attempt to the browser.';
COMMENT ON COLUMN users.sign_in_attempts.continue_with IS 'The authorization request that made the user sign in; null: none.';

-- Who a user is at the company's identity provider. Never matched by e-mail: addresses change hands.
CREATE TABLE users.identities (
  issuer            text        NOT NULL CHECK (char_length(issuer) BETWEEN 1 AND 500),
  subject           text        NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
  user_id           bigint      NOT NULL REFERENCES users.users (id) ON DELETE CASCADE,
  created_at        timestamptz NOT NULL DEFAULT now(),
  last_signed_in_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, subject)
);
-- Serves: the foreign key.
CREATE INDEX identities_user_id_idx ON users.identities (user_id);

COMMENT ON TABLE users.identities IS 'Users as the identity provider names them.';
COMMENT ON COLUMN users.identities.issuer IS 'The provider, by its OpenID Connect issuer.';
COMMENT ON COLUMN users.identities.subject IS 'The provider''s unchanging name for the user (claim sub).';

-- Published to every service: the keys that tokens are verified with.
CREATE FUNCTION users.published_signing_keys() RETURNS TABLE (kid text, jwk text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT k.kid, k.public_jwk FROM users.signing_keys k
  WHERE k.published_until IS NULL OR k.published_until > now()
  ORDER BY k.signs_from, k.kid
$$;
REVOKE ALL ON FUNCTION users.published_signing_keys() FROM PUBLIC;
COMMENT ON FUNCTION users.published_signing_keys() IS
  'Public JSON Web Keys that sign tokens, did, or will soon.';

-- Published to every service: whether a token's user and grant are still in force.
CREATE FUNCTION users.caller_of_token(p_user_id bigint, p_grant_id text)
RETURNS TABLE (role text, dept_code text)
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT u.role, u.dept_code
    FROM users.users u JOIN users.oauth_grants g ON g.user_id = u.id
    WHERE u.id = p_user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
      AND g.id = p_grant_id AND g.revoked_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION users.caller_of_token(bigint, text) FROM PUBLIC;
COMMENT ON FUNCTION users.caller_of_token(bigint, text) IS
  'Role and department of a live user, not disabled, whose grant is in force; no row otherwise.';
