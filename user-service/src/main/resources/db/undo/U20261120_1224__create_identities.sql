DROP TABLE users.identities;
