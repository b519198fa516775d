DROP FUNCTION agents.pin_agents(bigint[], bigint, text, boolean);
