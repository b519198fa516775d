-- Serves: no two live models of one name, whatever its case. llm_models_name_live_key stays for those that had one before.
CREATE UNIQUE INDEX CONCURRENTLY llm_models_lower_name_live_key ON admin.llm_models (lower(name))
  WHERE deleted_at IS NULL AND NOT case_variant;
