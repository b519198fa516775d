-- No check at all.
\set parent random(1, :parents)
INSERT INTO bench.none (parent) VALUES (:parent);
