CREATE TABLE users.users (
  id                  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  username            text        NOT NULL CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  email               text        CHECK (char_length(email) BETWEEN 3 AND 254),
  role                text        NOT NULL DEFAULT 'PENDING' CHECK (role IN ('PENDING', 'USER', 'ADMIN')),
  username_kr         text        CHECK (char_length(username_kr) <= 100),
  username_en         text        CHECK (char_length(username_en) <= 100),
  dept_code           text        CHECK (char_length(dept_code) BETWEEN 1 AND 50),
  deptname_kr         text        CHECK (char_length(deptname_kr) <= 200),
  deptname_en         text        CHECK (char_length(deptname_en) <= 200),
  theme_preference    text        NOT NULL DEFAULT 'system' CHECK (theme_preference IN ('light', 'dark', 'system')),
  language_preference text        NOT NULL DEFAULT 'ko' CHECK (language_preference IN ('ko', 'en')),
  version             integer     NOT NULL DEFAULT 0,
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now(),
  deleted_at          timestamptz
);
-- Serves: no two live users of one name or address; names of deleted users are free again.
CREATE UNIQUE INDEX users_username_live_key ON users.users (username) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_email_live_key ON users.users (lower(email)) WHERE deleted_at IS NULL;
-- Serves: pin_user. With deleted_at in a plain unique index PostgreSQL treats it as part of a key,
-- so even an UPDATE typed by hand waits for transactions that hold a pin.
CREATE UNIQUE INDEX users_id_deleted_at_key ON users.users (id, deleted_at);
-- Serves: the list of users by role and by department.
CREATE INDEX users_role_id_idx ON users.users (role, id);
CREATE INDEX users_dept_code_id_idx ON users.users (dept_code, id);

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users.users
  FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();

COMMENT ON TABLE users.users IS 'People who use the platform.';
COMMENT ON COLUMN users.users.username IS 'Sign-in name, lower case, unique among live users.';
COMMENT ON COLUMN users.users.email IS 'Unique among live users whatever its case; null when unknown.';
COMMENT ON COLUMN users.users.role IS 'PENDING (may only complete the own profile), USER or ADMIN.';
COMMENT ON COLUMN users.users.dept_code IS 'Language-neutral department code; two users of one code are a team.';
COMMENT ON COLUMN users.users.theme_preference IS 'light, dark or system.';
COMMENT ON COLUMN users.users.language_preference IS 'ko or en.';
COMMENT ON COLUMN users.users.version IS 'Counts updates from 0; the ETag.';
COMMENT ON COLUMN users.users.deleted_at IS 'Null while live; restorable for 30 days after.';

-- Published to other schemas (EXECUTE only): pins a live user until the caller's transaction ends.
CREATE FUNCTION users.pin_user(p_id bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM users.users WHERE id = p_id AND deleted_at IS NULL FOR KEY SHARE;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION users.pin_user(bigint) FROM PUBLIC;
COMMENT ON FUNCTION users.pin_user(bigint) IS
  'True when the user is live; locks the row against deletion until the transaction ends.';

-- Published: names for display. Deleted users stay readable.
CREATE FUNCTION users.user_names(p_ids bigint[])
RETURNS TABLE (id bigint, username text, username_kr text, username_en text, dept_code text)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.id, u.username, u.username_kr, u.username_en, u.dept_code
  FROM users.users u WHERE u.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION users.user_names(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION users.user_names(bigint[]) IS 'Names and departments of users, deleted ones too.';
