-- The product's pin as its verifier sends it: a statement of its own.
\set parent random(1, :parents)
BEGIN;
SELECT users.pin_user(:parent);
INSERT INTO bench.pin_transaction (parent) VALUES (:parent);
COMMIT;
