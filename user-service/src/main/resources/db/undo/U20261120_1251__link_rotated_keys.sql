ALTER TABLE users.api_keys DROP COLUMN replaced_by;
