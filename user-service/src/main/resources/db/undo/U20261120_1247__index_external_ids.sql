DROP INDEX users.users_external_id_live_key;
