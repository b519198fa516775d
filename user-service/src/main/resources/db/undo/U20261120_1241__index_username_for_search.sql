DROP INDEX users.users_username_search_idx;
