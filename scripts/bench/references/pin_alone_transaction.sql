-- The product's pin as a statement of its own: how it is before an update or a restoration, whose row is locked by then.
\set parent random(1, :parents)
\startpipeline
BEGIN;
SELECT users.pin_user(:parent);
\endpipeline
INSERT INTO bench.pin_alone_transaction (parent) VALUES (:parent);
COMMIT;
