DROP TABLE tracing.trace_metadata;
