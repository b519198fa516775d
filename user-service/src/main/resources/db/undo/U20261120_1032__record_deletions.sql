DROP TRIGGER users_record_removal ON users.users;
DROP TRIGGER users_record_deletion ON users.users;
