DROP TABLE agents.agent_capabilities;
