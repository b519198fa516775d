-- A real foreign key across schemas.
\set parent random(1, :parents)
INSERT INTO bench.fk (parent) VALUES (:parent);
