-- Apart from adding the column, so that the table is read without keeping others waiting.
UPDATE admin.llm_models x SET case_variant = true
WHERE x.deleted_at IS NULL AND EXISTS (
  SELECT FROM admin.llm_models o WHERE o.deleted_at IS NULL AND lower(o.name) = lower(x.name) AND o.id < x.id);
