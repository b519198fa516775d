DROP INDEX users.users_deleted_id_idx;
