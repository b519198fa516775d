-- Serves: users whose username begins with a text, in any case.
CREATE INDEX CONCURRENTLY users_username_search_idx ON users.users (username text_pattern_ops);
