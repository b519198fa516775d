DROP TABLE users.signing_keys;
