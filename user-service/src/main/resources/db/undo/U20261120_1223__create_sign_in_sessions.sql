DROP TABLE users.sign_in_attempts;
DROP TABLE users.sign_in_sessions;
