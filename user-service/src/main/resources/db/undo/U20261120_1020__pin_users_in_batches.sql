DROP FUNCTION users.pin_users(bigint[]);
