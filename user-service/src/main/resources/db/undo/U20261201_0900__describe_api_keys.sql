ALTER TABLE users.api_keys DROP COLUMN description;
