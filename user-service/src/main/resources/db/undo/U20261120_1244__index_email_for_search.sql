DROP INDEX users.users_email_search_idx;
