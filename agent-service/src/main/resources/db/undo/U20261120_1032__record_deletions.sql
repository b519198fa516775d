DROP TRIGGER agents_record_removal ON agents.agents;
DROP TRIGGER agents_record_deletion ON agents.agents;
