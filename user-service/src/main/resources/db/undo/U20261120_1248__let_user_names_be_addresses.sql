ALTER TABLE users.users
  DROP CONSTRAINT users_username_check,
  ADD CONSTRAINT users_username_check CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,63}$');
