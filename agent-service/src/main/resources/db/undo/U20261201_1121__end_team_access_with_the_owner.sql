DROP TRIGGER agents_change_owner ON agents.agents;
DROP FUNCTION agents.change_owner();
COMMENT ON COLUMN agents.agents.owner_dept_code IS 'The team: the owner''s department when the agent was made, last deployed or restored; null: none.';
