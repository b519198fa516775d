DROP TABLE chat.file_uploads;
DROP TABLE chat.chat_messages;
DROP FUNCTION chat.session_states(bigint[]);
DROP FUNCTION chat.pin_session(bigint, text, bigint, boolean);
DROP TABLE chat.chat_sessions;
