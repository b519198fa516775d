ALTER TABLE users.users DROP COLUMN sign_up_expires_at;
