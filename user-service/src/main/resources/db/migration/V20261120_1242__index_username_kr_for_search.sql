-- Serves: users whose username_kr begins with a text, in any case.
CREATE INDEX CONCURRENTLY users_username_kr_search_idx ON users.users (lower(username_kr) text_pattern_ops);
