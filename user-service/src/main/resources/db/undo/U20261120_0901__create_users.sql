DROP FUNCTION users.user_names(bigint[]);
DROP FUNCTION users.pin_user(bigint);
DROP TABLE users.users;
