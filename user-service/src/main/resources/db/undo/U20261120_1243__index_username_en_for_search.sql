DROP INDEX users.users_username_en_search_idx;
