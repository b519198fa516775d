DROP INDEX chat.chat_sessions_agent_id_id_idx;
