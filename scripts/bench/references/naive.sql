-- What one writes first: looks, and locks nothing.
\set parent random(1, :parents)
INSERT INTO bench.naive (parent) SELECT :parent WHERE EXISTS (SELECT FROM users.users WHERE id = :parent AND deleted_at IS NULL);
