-- The keys that sign tokens. Each is published before it signs, and afterwards until the last token it signed has expired.
CREATE TABLE users.signing_keys (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kid             text        NOT NULL CHECK (kid ~ '^[A-Za-z0-9_-]{1,64}$'),
  public_jwk      text        NOT NULL CHECK (char_length(public_jwk) <= 4000),
  private_key     bytea       NOT NULL,
  signs_from      timestamptz NOT NULL,
  published_until timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT signing_keys_kid_key UNIQUE (kid)
);
-- Serves: which key signs now.
CREATE INDEX signing_keys_signs_from_idx ON users.signing_keys (signs_from);

COMMENT ON TABLE users.signing_keys IS 'RSA keys that sign tokens; read by user-service alone, others see the public halves by published_signing_keys.';
COMMENT ON COLUMN users.signing_keys.kid IS 'Key id: RFC 7638 thumbprint of the public key.';
COMMENT ON COLUMN users.signing_keys.public_jwk IS 'The public half as a JSON Web Key.';
COMMENT ON COLUMN users.signing_keys.private_key IS 'The private half, PKCS #8. A secret: backups of this schema are to be kept like one.';
COMMENT ON COLUMN users.signing_keys.signs_from IS 'The key with the latest of these that is not in the future signs.';
COMMENT ON COLUMN users.signing_keys.published_until IS 'When tokens signed by it cease to be accepted; null while no other key follows it.';
