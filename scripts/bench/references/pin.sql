-- The product's pin inside the INSERT.
\set parent random(1, :parents)
INSERT INTO bench.pin (parent) SELECT s.parent FROM (SELECT :parent::bigint AS parent) AS s WHERE users.pin_user(s.parent);
