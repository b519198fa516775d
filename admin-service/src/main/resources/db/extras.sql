-- What this schema has beyond what the entities' annotations say and the platform's own files (db/platform) make: check
-- builds it from all three and compares with what the migrations make. Change it together with a migration;
-- check --write-extras prints it anew, without these lines.

CREATE TABLE admin.usage_stats (
  agent_id bigint,
  cost numeric(20,10) NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  day date NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  input_tokens bigint NOT NULL,
  model text COLLATE pg_catalog."C" NOT NULL,
  output_tokens bigint NOT NULL,
  request_count bigint NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  user_id bigint NOT NULL,
  CONSTRAINT usage_stats_pkey PRIMARY KEY (id),
  CONSTRAINT usage_stats_day_user_id_agent_id_model_key UNIQUE NULLS NOT DISTINCT (day, user_id, agent_id, model),
  CONSTRAINT usage_stats_cost_check CHECK ((cost >= (0)::numeric)),
  CONSTRAINT usage_stats_input_tokens_check CHECK ((input_tokens >= 0)),
  CONSTRAINT usage_stats_model_check CHECK (((char_length(model) >= 1) AND (char_length(model) <= 100))),
  CONSTRAINT usage_stats_output_tokens_check CHECK ((output_tokens >= 0)),
  CONSTRAINT usage_stats_request_count_check CHECK ((request_count >= 0))
) WITH (fillfactor=70);

ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_context_window_check CHECK ((context_window > 0));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_endpoint_url_check CHECK (((char_length(endpoint_url) <= 2000) AND (endpoint_url ~* '^https?://'::text)));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_input_price_per_million_tokens_check CHECK ((input_price_per_million_tokens >= (0)::numeric));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_name_check CHECK ((name ~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$'::text));
ALTER TABLE admin.llm_models ADD CONSTRAINT llm_models_output_price_per_million_tokens_check CHECK ((output_price_per_million_tokens >= (0)::numeric));
CREATE UNIQUE INDEX llm_models_lower_name_live_key ON admin.llm_models USING btree (lower(name)) WHERE ((deleted_at IS NULL) AND (NOT case_variant));
CREATE INDEX llm_models_name_deleted_at_idx ON admin.llm_models USING btree (name, deleted_at);
CREATE UNIQUE INDEX llm_models_name_live_key ON admin.llm_models USING btree (name) WHERE (deleted_at IS NULL);
CREATE INDEX usage_stats_agent_id_day_id_idx ON admin.usage_stats USING btree (agent_id, day, id) WHERE (agent_id IS NOT NULL);
CREATE INDEX usage_stats_day_id_idx ON admin.usage_stats USING btree (day, id);
CREATE INDEX usage_stats_model_day_id_idx ON admin.usage_stats USING btree (model, day, id);
CREATE INDEX usage_stats_user_id_day_id_idx ON admin.usage_stats USING btree (user_id, day, id);
CREATE OR REPLACE TRIGGER llm_models_set_updated_at BEFORE UPDATE ON admin.llm_models FOR EACH ROW EXECUTE FUNCTION admin.set_updated_at();
CREATE OR REPLACE TRIGGER usage_stats_set_updated_at BEFORE UPDATE ON admin.usage_stats FOR EACH ROW EXECUTE FUNCTION admin.set_updated_at();
