DROP TRIGGER chat_sessions_record_removal ON chat.chat_sessions;
DROP TRIGGER chat_sessions_record_deletion ON chat.chat_sessions;
