UPDATE admin.llm_models SET case_variant = false WHERE case_variant;
