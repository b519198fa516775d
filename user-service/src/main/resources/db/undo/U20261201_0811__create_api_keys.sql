DROP FUNCTION users.find_api_key(bytea);
DROP FUNCTION users.caller_of_key(bytea);
DROP TABLE users.api_keys;
