-- Names that differ in case only could be taken until 20261201_1603.
INSERT INTO admin.llm_models (name, provider) VALUES ('model', 'OPENAI'), ('MODEL', 'OPENAI') ON CONFLICT DO NOTHING;
