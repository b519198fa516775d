DROP FUNCTION users.user_contacts(bigint[]);
