-- A real foreign key, in the transaction that a service has anyway.
\set parent random(1, :parents)
BEGIN;
INSERT INTO bench.fk_transaction (parent) VALUES (:parent);
COMMIT;
