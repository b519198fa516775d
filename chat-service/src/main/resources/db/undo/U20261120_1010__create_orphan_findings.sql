DROP TABLE chat.orphan_audits;
DROP TABLE chat.orphan_findings;
