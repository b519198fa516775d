-- What a company directory calls its people is often an e-mail address. Names that people choose themselves are
-- shorter; the service sees to that.
CREATE TABLE users.users (
  id                  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  username            text        NOT NULL CHECK (username ~ '^[a-z0-9][a-z0-9._@+#''-]{0,127}$'),
  email               text        CHECK (char_length(email) BETWEEN 3 AND 254),
  role                text        NOT NULL DEFAULT 'PENDING' CHECK (role IN ('PENDING', 'USER', 'ADMIN')),
  username_kr         text        CHECK (char_length(username_kr) <= 100),
  username_en         text        CHECK (char_length(username_en) <= 100),
  dept_code           text        CHECK (char_length(dept_code) BETWEEN 1 AND 50),
  deptname_kr         text        CHECK (char_length(deptname_kr) <= 200),
  deptname_en         text        CHECK (char_length(deptname_en) <= 200),
  theme_preference    text        NOT NULL DEFAULT 'system' CHECK (theme_preference IN ('light', 'dark', 'system')),
  language_preference text        NOT NULL DEFAULT 'ko' CHECK (language_preference IN ('ko', 'en')),
  external_id         text        CHECK (char_length(external_id) BETWEEN 1 AND 255),
  disabled_at         timestamptz,
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
-- Serves: the lists of what is deleted, and the purge.
CREATE INDEX users_deleted_id_idx ON users.users (id) WHERE deleted_at IS NOT NULL;
-- Serve: users whose names or address begin with a text, in any case.
CREATE INDEX users_username_search_idx ON users.users (username text_pattern_ops);
CREATE INDEX users_username_kr_search_idx ON users.users (lower(username_kr) text_pattern_ops);
CREATE INDEX users_username_en_search_idx ON users.users (lower(username_en) text_pattern_ops);
CREATE INDEX users_email_search_idx ON users.users (lower(email) text_pattern_ops);
-- Serves: no two live users of one id in the directory; the directory's search by it.
CREATE UNIQUE INDEX users_external_id_live_key ON users.users (external_id) WHERE deleted_at IS NULL;

CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users.users
  FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();

-- No code can forget an event, and a change by hand is told too.
CREATE TRIGGER users_record_deletion AFTER UPDATE ON users.users
  FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION users.record_reference_event();
CREATE TRIGGER users_record_removal AFTER DELETE ON users.users
  FOR EACH ROW EXECUTE FUNCTION users.record_reference_event();

COMMENT ON TABLE users.users IS 'People who use the platform.';
COMMENT ON COLUMN users.users.username IS 'Sign-in name, lower case, unique among live users.';
COMMENT ON COLUMN users.users.email IS 'Unique among live users whatever its case; null when unknown.';
COMMENT ON COLUMN users.users.role IS 'PENDING (may only complete the own profile), USER or ADMIN.';
COMMENT ON COLUMN users.users.dept_code IS 'Language-neutral department code; two users of one code are a team.';
COMMENT ON COLUMN users.users.theme_preference IS 'light, dark or system.';
COMMENT ON COLUMN users.users.language_preference IS 'ko or en.';
COMMENT ON COLUMN users.users.external_id IS 'The user''s id in the company directory, unique among live users; null when none is known.';
COMMENT ON COLUMN users.users.disabled_at IS 'Kept out since then, whatever the role; null: is not.';
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

-- Published to other schemas (EXECUTE only): pins many live users in one call, in the order of their ids, so that two
-- callers of the same users wait for each other instead of forever.
CREATE FUNCTION users.pin_users(p_ids bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  live bigint[];
BEGIN
  -- An aggregate, because it reads, and so locks, all of them.
  SELECT array_agg(pinned.id) INTO live FROM (
    SELECT u.id FROM users.users u WHERE u.id = ANY (p_ids) AND u.deleted_at IS NULL
    ORDER BY u.id FOR KEY SHARE
  ) AS pinned;
  RETURN QUERY SELECT unnest(p_ids) EXCEPT SELECT unnest(live) ORDER BY 1;
END $$;
REVOKE ALL ON FUNCTION users.pin_users(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION users.pin_users(bigint[]) IS
  'Those of the ids that are no live users, ascending; the others are locked against deletion until the transaction ends.';

-- Published to schemas that refer to users (EXECUTE only): tells of each id whether the user is live. An id without any
-- row is missing in the answer.
CREATE FUNCTION users.user_states(p_ids bigint[]) RETURNS TABLE (id bigint, live boolean)
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT x.id, x.deleted_at IS NULL FROM users.users x WHERE x.id = ANY (p_ids)
$$;
REVOKE ALL ON FUNCTION users.user_states(bigint[]) FROM PUBLIC;
COMMENT ON FUNCTION users.user_states(bigint[]) IS 'Which of these users exist, and whether they are live.';

CREATE TABLE users.departments (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code         text        NOT NULL CHECK (char_length(code) BETWEEN 1 AND 50),
  display_name text        NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
  external_id  text        CHECK (char_length(external_id) BETWEEN 1 AND 255),
  version      integer     NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT departments_code_key UNIQUE (code),
  CONSTRAINT departments_external_id_key UNIQUE (external_id)
);

CREATE TRIGGER departments_set_updated_at BEFORE UPDATE ON users.departments
  FOR EACH ROW EXECUTE FUNCTION users.set_updated_at();

COMMENT ON TABLE users.departments IS 'What a company directory says about departments; those it never named are only at their users.';
COMMENT ON COLUMN users.departments.code IS 'What users.users.dept_code of its members is.';
COMMENT ON COLUMN users.departments.external_id IS 'The department''s id in the directory; null when none is known.';
