ALTER TABLE users.users ADD COLUMN external_id text;
ALTER TABLE users.users ADD CONSTRAINT users_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 255) NOT VALID;
COMMENT ON COLUMN users.users.external_id IS 'The user''s id in the company directory, unique among live users; null when none is known.';
