-- Apart from adding them, so that the table is read without keeping writers waiting.
ALTER TABLE users.users VALIDATE CONSTRAINT users_given_name_check;
ALTER TABLE users.users VALIDATE CONSTRAINT users_family_name_check;
ALTER TABLE users.users VALIDATE CONSTRAINT users_username_check;
