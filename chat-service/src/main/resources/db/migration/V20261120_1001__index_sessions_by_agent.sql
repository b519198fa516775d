-- Serves: references_to, which asks for the sessions with an agent.
CREATE INDEX CONCURRENTLY chat_sessions_agent_id_id_idx ON chat.chat_sessions (agent_id, id);
