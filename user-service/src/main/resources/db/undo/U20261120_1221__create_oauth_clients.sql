DROP TABLE users.oauth_clients;
