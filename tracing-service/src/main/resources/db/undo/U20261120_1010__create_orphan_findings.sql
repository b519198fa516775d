DROP TABLE tracing.orphan_audits;
DROP TABLE tracing.orphan_findings;
