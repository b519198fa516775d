-- What a company directory calls its people may be in any script. The service sees to letters, digits and case: it
-- knows those of Unicode whatever the database's locale.
ALTER TABLE users.users DROP CONSTRAINT IF EXISTS users_username_check;
ALTER TABLE users.users ADD CONSTRAINT users_username_check
  CHECK (char_length(username) >= 1 AND char_length(username) <= 128 AND username !~ '[[:space:]]') NOT VALID;
