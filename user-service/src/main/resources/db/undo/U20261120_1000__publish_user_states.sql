DROP FUNCTION users.user_states(bigint[]);
