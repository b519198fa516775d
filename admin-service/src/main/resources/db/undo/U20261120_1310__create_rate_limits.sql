DROP TABLE admin.rate_limits;
