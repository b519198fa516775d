-- The product's pin in the statement that asks for the names, as for an agent.
\set parent random(1, :parents)
\startpipeline
BEGIN;
SELECT n.* FROM (SELECT users.pin_user(:parent) AS p0) AS pinned LEFT JOIN users.user_names(ARRAY[:parent::bigint]) AS n ON true WHERE pinned.p0;
\endpipeline
INSERT INTO bench.pin_named (parent) VALUES (:parent);
COMMIT;
