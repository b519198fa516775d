-- Serves: users whose username_en begins with a text, in any case.
CREATE INDEX CONCURRENTLY users_username_en_search_idx ON users.users (lower(username_en) text_pattern_ops);
