DROP FUNCTION users.find_api_key(bytea);
DROP TABLE users.api_keys;
