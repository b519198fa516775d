DROP FUNCTION agents.agent_states(bigint[]);
DROP FUNCTION agents.hand_over(text, bigint, bigint);
DROP FUNCTION agents.references_to(text, bigint[], boolean);
DROP TABLE agents.declared_references;
