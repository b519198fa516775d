-- Two real foreign keys, as a conversation would have them.
\set parent random(1, :parents)
\set agent random(1, :parents)
\startpipeline
BEGIN;
INSERT INTO bench.fk_two (parent, agent) VALUES (:parent, :agent);
\endpipeline
COMMIT;
