ALTER TABLE admin.llm_models ADD COLUMN case_variant boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN admin.llm_models.case_variant IS
  'True: another one had this name in another case when that was still taken. It keeps it; the rule holds for all others.';
