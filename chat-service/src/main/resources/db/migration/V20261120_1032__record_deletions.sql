-- No code can forget an event, and a change by hand is told too.
CREATE TRIGGER chat_sessions_record_deletion AFTER UPDATE ON chat.chat_sessions
  FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION chat.record_reference_event();
CREATE TRIGGER chat_sessions_record_removal AFTER DELETE ON chat.chat_sessions
  FOR EACH ROW EXECUTE FUNCTION chat.record_reference_event();
