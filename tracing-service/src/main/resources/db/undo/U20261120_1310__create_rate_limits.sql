DROP TABLE tracing.rate_limits;
