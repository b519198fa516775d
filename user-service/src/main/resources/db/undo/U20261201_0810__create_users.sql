DROP TABLE users.departments;
DROP FUNCTION users.user_states(bigint[]);
DROP FUNCTION users.pin_users(bigint[]);
DROP FUNCTION users.user_names(bigint[]);
DROP FUNCTION users.pin_user(bigint);
DROP TABLE users.users;
