DROP TABLE admin.llm_models;
