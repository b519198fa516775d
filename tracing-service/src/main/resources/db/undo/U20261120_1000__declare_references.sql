DROP FUNCTION tracing.hand_over(text, bigint, bigint);
DROP FUNCTION tracing.references_to(text, bigint[], boolean);
DROP TABLE tracing.declared_references;
