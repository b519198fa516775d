-- The product's pin inside the INSERT, in a transaction: how files, sessions and traces are stored.
\set parent random(1, :parents)
\startpipeline
BEGIN;
INSERT INTO bench.pin_transaction (parent) SELECT :parent FROM (SELECT users.pin_user(:parent) AS p0) AS pinned WHERE pinned.p0;
\endpipeline
COMMIT;
