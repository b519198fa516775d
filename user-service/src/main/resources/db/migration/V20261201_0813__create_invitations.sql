CREATE TABLE users.invitations (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code_hash   bytea       NOT NULL CHECK (octet_length(code_hash) = 32),
  invited_by  bigint      NOT NULL,
  email       text        CHECK (char_length(email) BETWEEN 3 AND 254),
  username    text        CHECK (char_length(username) BETWEEN 1 AND 64),
  role        text        NOT NULL CHECK (role IN ('PENDING', 'USER', 'ADMIN')),
  dept_code   text        CHECK (char_length(dept_code) BETWEEN 1 AND 50),
  deptname_kr text        CHECK (char_length(deptname_kr) <= 200),
  deptname_en text        CHECK (char_length(deptname_en) <= 200),
  expires_at  timestamptz NOT NULL,
  revoked_at  timestamptz,
  accepted_at timestamptz,
  accepted_by bigint,
  version     integer     NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT invitations_code_hash_key UNIQUE (code_hash)
);

CREATE TRIGGER invitations_set_updated_at BEFORE UPDATE ON users.invitations
  FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();

COMMENT ON TABLE users.invitations IS 'One-time codes to sign up with. The codes themselves are not stored.';
COMMENT ON COLUMN users.invitations.code_hash IS 'SHA-256 of the whole code, 32 bytes.';
COMMENT ON COLUMN users.invitations.invited_by IS 'Which administrator: users.users.id, a recorded fact.';
COMMENT ON COLUMN users.invitations.email IS 'The address that the new user must have, in any case; null: any.';
COMMENT ON COLUMN users.invitations.username IS 'The name that the new user must choose; null: any.';
COMMENT ON COLUMN users.invitations.role IS 'What the new user starts as; never PENDING.';
COMMENT ON COLUMN users.invitations.expires_at IS 'Refused from then on.';
COMMENT ON COLUMN users.invitations.revoked_at IS 'Refused since then; null: in force. Never taken back.';
COMMENT ON COLUMN users.invitations.accepted_at IS 'Used up since then; null: not used.';
COMMENT ON COLUMN users.invitations.accepted_by IS 'Who came by it: users.users.id, a recorded fact.';
