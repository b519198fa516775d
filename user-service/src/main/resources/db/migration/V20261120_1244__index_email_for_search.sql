-- Serves: users whose email begins with a text, in any case.
CREATE INDEX CONCURRENTLY users_email_search_idx ON users.users (lower(email) text_pattern_ops);
