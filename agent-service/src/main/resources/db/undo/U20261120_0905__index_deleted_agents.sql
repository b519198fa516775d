DROP INDEX agents.agents_deleted_id_idx;
