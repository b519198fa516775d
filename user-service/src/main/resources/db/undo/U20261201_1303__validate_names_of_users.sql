ALTER TABLE users.users DROP CONSTRAINT users_given_name_check;
ALTER TABLE users.users DROP CONSTRAINT users_family_name_check;
ALTER TABLE users.users DROP CONSTRAINT users_username_check;
ALTER TABLE users.users ADD CONSTRAINT users_given_name_check CHECK (char_length(given_name) BETWEEN 1 AND 100) NOT VALID;
ALTER TABLE users.users ADD CONSTRAINT users_family_name_check CHECK (char_length(family_name) BETWEEN 1 AND 100) NOT VALID;
ALTER TABLE users.users ADD CONSTRAINT users_username_check
  CHECK (char_length(username) >= 1 AND char_length(username) <= 128 AND username !~ '[[:space:]]') NOT VALID;
