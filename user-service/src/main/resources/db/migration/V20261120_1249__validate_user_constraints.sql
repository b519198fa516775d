ALTER TABLE users.users VALIDATE CONSTRAINT users_username_check;
ALTER TABLE users.users VALIDATE CONSTRAINT users_external_id_check;
