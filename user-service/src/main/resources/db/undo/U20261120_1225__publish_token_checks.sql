DROP FUNCTION users.caller_of_token(bigint, text);
DROP FUNCTION users.published_signing_keys();
