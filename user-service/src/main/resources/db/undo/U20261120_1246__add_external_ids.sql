ALTER TABLE users.users DROP COLUMN external_id;
