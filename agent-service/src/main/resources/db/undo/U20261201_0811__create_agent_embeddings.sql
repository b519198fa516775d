DROP FUNCTION agents.embedding_dimension();
DROP TABLE agents.agent_embeddings;
DROP FUNCTION agents.norm(real[]);
