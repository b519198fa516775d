-- A real foreign key, in the transaction that a service has anyway. The driver sends BEGIN with the first statement.
\set parent random(1, :parents)
\startpipeline
BEGIN;
INSERT INTO bench.fk_transaction (parent) VALUES (:parent);
\endpipeline
COMMIT;
