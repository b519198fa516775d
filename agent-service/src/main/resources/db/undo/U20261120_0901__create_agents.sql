DROP FUNCTION agents.agent_names(bigint[]);
DROP FUNCTION agents.pin_agent(bigint, bigint, text, boolean);
DROP TABLE agents.agents;
