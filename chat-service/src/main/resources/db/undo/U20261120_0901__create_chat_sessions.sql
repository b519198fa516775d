DROP FUNCTION chat.pin_session(bigint, text, bigint, boolean);
DROP TABLE chat.chat_sessions;
