DROP TABLE agents.orphan_audits;
DROP TABLE agents.orphan_findings;
