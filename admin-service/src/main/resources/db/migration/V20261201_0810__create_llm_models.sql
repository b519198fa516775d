CREATE TABLE admin.llm_models (
  id                              bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                            text          NOT NULL CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$'),
  provider                        text          NOT NULL CHECK (provider IN
                                    ('OPENAI', 'ANTHROPIC', 'GOOGLE', 'AZURE_OPENAI', 'OPENAI_COMPATIBLE')),
  endpoint_url                    text          CHECK (char_length(endpoint_url) <= 2000 AND endpoint_url ~* '^https?://'),
  input_price_per_million_tokens  numeric(12,6) CHECK (input_price_per_million_tokens >= 0),
  output_price_per_million_tokens numeric(12,6) CHECK (output_price_per_million_tokens >= 0),
  context_window                  integer       CHECK (context_window > 0),
  enabled                         boolean       NOT NULL DEFAULT true,
  version                         integer       NOT NULL DEFAULT 0,
  created_at                      timestamptz   NOT NULL DEFAULT now(),
  updated_at                      timestamptz   NOT NULL DEFAULT now(),
  deleted_at                      timestamptz
);
-- Serves: no two live models of one name; the name of a deleted model is free again.
CREATE UNIQUE INDEX llm_models_name_live_key ON admin.llm_models (name) WHERE deleted_at IS NULL;
-- Serves: the price of a name when usage is recorded, of deleted models too.
CREATE INDEX llm_models_name_deleted_at_idx ON admin.llm_models (name, deleted_at);

CREATE TRIGGER llm_models_set_updated_at BEFORE UPDATE ON admin.llm_models
  FOR EACH ROW EXECUTE FUNCTION admin.set_updated_at();

COMMENT ON TABLE admin.llm_models IS 'Language models that the platform offers, with their prices. No provider key is stored here.';
COMMENT ON COLUMN admin.llm_models.name IS 'What callers ask for, unique among live models.';
COMMENT ON COLUMN admin.llm_models.provider IS 'Whose API the endpoint speaks.';
COMMENT ON COLUMN admin.llm_models.endpoint_url IS 'Base address of the provider; null: the provider''s own. Shown to administrators only.';
COMMENT ON COLUMN admin.llm_models.input_price_per_million_tokens IS 'USD per 1,000,000 input tokens; null: not known, counted as 0.';
COMMENT ON COLUMN admin.llm_models.output_price_per_million_tokens IS 'USD per 1,000,000 output tokens; null: not known, counted as 0.';
COMMENT ON COLUMN admin.llm_models.context_window IS 'Tokens of input and output together; null: not known.';
COMMENT ON COLUMN admin.llm_models.enabled IS 'False: kept, but users do not see it.';
COMMENT ON COLUMN admin.llm_models.version IS 'Counts updates from 0; the ETag.';
COMMENT ON COLUMN admin.llm_models.deleted_at IS 'Null while live; restorable for 30 days after.';
