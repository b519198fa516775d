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
