-- Fails, and changes nothing, while a user has a name that the old rule did not know.
ALTER TABLE users.users DROP CONSTRAINT users_username_check;
ALTER TABLE users.users ADD CONSTRAINT users_username_check CHECK (username ~ '^[a-z0-9][a-z0-9._@+#''-]{0,127}$');
