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
