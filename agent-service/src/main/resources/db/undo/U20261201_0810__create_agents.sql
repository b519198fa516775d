DROP TABLE agents.agent_status_changes;
DROP TABLE agents.agent_capabilities;
DROP FUNCTION agents.agent_states(bigint[]);
DROP FUNCTION agents.pin_agents(bigint[], bigint, text, boolean);
DROP FUNCTION agents.agent_names(bigint[]);
DROP FUNCTION agents.pin_agent(bigint, bigint, text, boolean);
DROP TABLE agents.agents;
