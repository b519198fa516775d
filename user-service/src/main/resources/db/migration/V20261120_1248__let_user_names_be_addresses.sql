-- What a company directory calls its people is often an e-mail address. Names that people choose themselves
-- stay as they were; the service sees to that.
ALTER TABLE users.users
  DROP CONSTRAINT users_username_check,
  ADD CONSTRAINT users_username_check CHECK (username ~ '^[a-z0-9][a-z0-9._@+#''-]{0,127}$') NOT VALID;
