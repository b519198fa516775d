ALTER TABLE users.users
  DROP CONSTRAINT users_username_check,
  ADD CONSTRAINT users_username_check CHECK (username ~ '^[a-z0-9][a-z0-9._@+#''-]{0,127}$') NOT VALID,
  DROP CONSTRAINT users_external_id_check,
  ADD CONSTRAINT users_external_id_check CHECK (char_length(external_id) BETWEEN 1 AND 255) NOT VALID;
