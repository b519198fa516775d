ALTER TABLE users.users ADD COLUMN IF NOT EXISTS given_name text;
ALTER TABLE users.users ADD COLUMN IF NOT EXISTS family_name text;
ALTER TABLE users.users ADD CONSTRAINT users_given_name_check CHECK (char_length(given_name) BETWEEN 1 AND 100) NOT VALID;
ALTER TABLE users.users ADD CONSTRAINT users_family_name_check CHECK (char_length(family_name) BETWEEN 1 AND 100) NOT VALID;
COMMENT ON COLUMN users.users.given_name IS 'As the company directory has it; null when it gave none. The whole name is username_en.';
COMMENT ON COLUMN users.users.family_name IS 'As the company directory has it; null when it gave none. The whole name is username_en.';
