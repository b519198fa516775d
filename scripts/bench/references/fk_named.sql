-- A real foreign key where the target's names are needed, as for an agent: its owner's department.
\set parent random(1, :parents)
\startpipeline
BEGIN;
SELECT n.* FROM users.user_names(ARRAY[:parent::bigint]) AS n;
\endpipeline
INSERT INTO bench.fk_named (parent) VALUES (:parent);
COMMIT;
