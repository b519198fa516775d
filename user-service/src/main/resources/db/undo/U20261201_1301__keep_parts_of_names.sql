ALTER TABLE users.users DROP COLUMN given_name;
ALTER TABLE users.users DROP COLUMN family_name;
