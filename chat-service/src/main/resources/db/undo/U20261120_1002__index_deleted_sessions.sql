DROP INDEX chat.chat_sessions_deleted_id_idx;
