DROP TABLE users.oauth_consents;
DROP TABLE users.used_refresh_tokens;
DROP TABLE users.oauth_grants;
