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
