-- Owners change by hand_over alone, which knows nothing of agents; a change by hand is seen too.
CREATE FUNCTION agents.change_owner() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- The new owner's department is not known here, so no team has it until the new owner deploys it anew.
  NEW.owner_dept_code := NULL;
  IF NEW.visibility = 'TEAM' THEN
    NEW.visibility := 'PRIVATE';
  END IF;
  INSERT INTO agents.audit_events (action, resource_type, resource_id, before, after)
  VALUES ('agent.handed_over', 'agent', NEW.id,
    jsonb_build_object('owner_id', OLD.owner_id, 'owner_dept_code', OLD.owner_dept_code, 'visibility', OLD.visibility),
    jsonb_build_object('owner_id', NEW.owner_id, 'owner_dept_code', NEW.owner_dept_code, 'visibility', NEW.visibility));
  RETURN NEW;
END $$;
COMMENT ON FUNCTION agents.change_owner() IS 'Trigger: a new owner''s agent is no longer the old team''s, and the audit names it.';

CREATE TRIGGER agents_change_owner BEFORE UPDATE OF owner_id ON agents.agents
  FOR EACH ROW WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id) EXECUTE FUNCTION agents.change_owner();

COMMENT ON COLUMN agents.agents.owner_dept_code IS 'The team: the owner''s department when the agent was made, last deployed or restored; null: none, also after a change of the owner.';
