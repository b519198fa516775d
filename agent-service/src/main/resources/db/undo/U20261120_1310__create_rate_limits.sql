DROP TABLE agents.rate_limits;
