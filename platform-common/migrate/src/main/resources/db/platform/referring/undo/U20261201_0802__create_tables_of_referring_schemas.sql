-- What R__referring_functions.sql made goes too; it is not there when this version was applied without a run to head.
DROP FUNCTION IF EXISTS ${flyway:defaultSchema}.hand_over(text, bigint, bigint);
DROP FUNCTION IF EXISTS ${flyway:defaultSchema}.references_to(text, bigint[], boolean);
DROP TABLE ${flyway:defaultSchema}.foreign_deletions;
DROP TABLE ${flyway:defaultSchema}.reference_marks;
DROP TABLE ${flyway:defaultSchema}.orphan_audits;
DROP TABLE ${flyway:defaultSchema}.orphan_findings;
DROP TABLE ${flyway:defaultSchema}.declared_references;
