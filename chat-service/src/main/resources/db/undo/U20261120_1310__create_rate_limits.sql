DROP TABLE chat.rate_limits;
