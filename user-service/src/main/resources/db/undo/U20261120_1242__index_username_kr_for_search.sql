DROP INDEX users.users_username_kr_search_idx;
