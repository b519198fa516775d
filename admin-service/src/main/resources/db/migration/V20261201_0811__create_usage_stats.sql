-- Roll-up counters: recording adds to a row, so a year of traffic stays a small table. The ids are
-- recorded facts. Nothing checks them, on purpose: usage must be counted whatever has become of
-- the user, the agent or the model, and this schema depends on no other one.
CREATE TABLE admin.usage_stats (
  id            bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day           date           NOT NULL,
  user_id       bigint         NOT NULL,
  agent_id      bigint,
  model         text           COLLATE "C" NOT NULL CHECK (char_length(model) BETWEEN 1 AND 100),
  request_count bigint         NOT NULL CHECK (request_count >= 0),
  input_tokens  bigint         NOT NULL CHECK (input_tokens >= 0),
  output_tokens bigint         NOT NULL CHECK (output_tokens >= 0),
  cost          numeric(20,10) NOT NULL CHECK (cost >= 0),
  created_at    timestamptz    NOT NULL DEFAULT now(),
  updated_at    timestamptz    NOT NULL DEFAULT now(),
  -- Serves: the upsert that counts. Two nulls are one agent: "none".
  CONSTRAINT usage_stats_day_user_id_agent_id_model_key
    UNIQUE NULLS NOT DISTINCT (day, user_id, agent_id, model)
-- Room for new versions of a row on its page, so that counting touches no index.
) WITH (fillfactor = 70);
-- Serves: rows and sums of everybody, newest day first.
CREATE INDEX usage_stats_day_id_idx ON admin.usage_stats (day, id);
-- Serves: rows and sums of one user.
CREATE INDEX usage_stats_user_id_day_id_idx ON admin.usage_stats (user_id, day, id);
-- Serves: rows and sums of one agent.
CREATE INDEX usage_stats_agent_id_day_id_idx ON admin.usage_stats (agent_id, day, id) WHERE agent_id IS NOT NULL;
-- Serves: rows and sums of one model.
CREATE INDEX usage_stats_model_day_id_idx ON admin.usage_stats (model, day, id);

CREATE TRIGGER usage_stats_set_updated_at BEFORE UPDATE ON admin.usage_stats
  FOR EACH ROW EXECUTE FUNCTION admin.set_updated_at();

COMMENT ON TABLE admin.usage_stats IS 'Requests, tokens and cost per UTC day, user, agent and model.';
COMMENT ON COLUMN admin.usage_stats.day IS 'Calendar day in UTC.';
COMMENT ON COLUMN admin.usage_stats.user_id IS 'users.users.id, a recorded fact.';
COMMENT ON COLUMN admin.usage_stats.agent_id IS 'agents.agents.id, a recorded fact; null: no agent was involved.';
COMMENT ON COLUMN admin.usage_stats.model IS 'Name of the model when it was used, a recorded fact. Sorted by bytes, alike on every server.';
COMMENT ON COLUMN admin.usage_stats.request_count IS 'Calls to the model.';
COMMENT ON COLUMN admin.usage_stats.input_tokens IS 'Tokens sent.';
COMMENT ON COLUMN admin.usage_stats.output_tokens IS 'Tokens received.';
COMMENT ON COLUMN admin.usage_stats.cost IS 'USD, at the model''s price when it was recorded.';
