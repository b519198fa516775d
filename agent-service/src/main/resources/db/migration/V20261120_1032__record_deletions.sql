-- No code can forget an event, and a change by hand is told too.
CREATE TRIGGER agents_record_deletion AFTER UPDATE ON agents.agents
  FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION agents.record_reference_event();
CREATE TRIGGER agents_record_removal AFTER DELETE ON agents.agents
  FOR EACH ROW EXECUTE FUNCTION agents.record_reference_event();
