-- No code can forget an event, and a change by hand is told too.
CREATE TRIGGER users_record_deletion AFTER UPDATE ON users.users
  FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION users.record_reference_event();
CREATE TRIGGER users_record_removal AFTER DELETE ON users.users
  FOR EACH ROW EXECUTE FUNCTION users.record_reference_event();
