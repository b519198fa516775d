DROP TABLE users.rate_limits;
