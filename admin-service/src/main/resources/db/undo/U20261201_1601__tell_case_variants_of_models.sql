ALTER TABLE admin.llm_models DROP COLUMN case_variant;
