DROP TABLE agents.agent_status_changes;
