-- The benchmark's rows: 100,000 users and as many agents in the product's own tables, and children of each kind.
\set ON_ERROR_STOP on
INSERT INTO users.users (username, role)
  SELECT 'user-' || n, 'USER' FROM generate_series(1, :parents) AS n;
INSERT INTO agents.agents (owner_id, name, framework, status, visibility)
  SELECT n, 'agent', 'ADK', 'DEPLOYED', 'PUBLIC' FROM generate_series(1, :parents) AS n;
CREATE SCHEMA bench;
CREATE TABLE bench.none (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent bigint NOT NULL,
  agent  bigint,
  note   text   NOT NULL DEFAULT 'what a row of a service may have besides, in a few words'
);
CREATE INDEX ON bench.none (parent);
CREATE TABLE bench.naive (LIKE bench.none INCLUDING ALL);
CREATE TABLE bench.pin (LIKE bench.none INCLUDING ALL);
CREATE TABLE bench.pin_transaction (LIKE bench.none INCLUDING ALL);
CREATE TABLE bench.pin_alone_transaction (LIKE bench.none INCLUDING ALL);
CREATE TABLE bench.pin_named (LIKE bench.none INCLUDING ALL);
CREATE TABLE bench.pin_two (LIKE bench.none INCLUDING ALL);
CREATE TABLE bench.fk (LIKE bench.none INCLUDING ALL, FOREIGN KEY (parent) REFERENCES users.users);
CREATE TABLE bench.fk_transaction (LIKE bench.none INCLUDING ALL, FOREIGN KEY (parent) REFERENCES users.users);
CREATE TABLE bench.fk_named (LIKE bench.none INCLUDING ALL, FOREIGN KEY (parent) REFERENCES users.users);
CREATE TABLE bench.fk_two (
  LIKE bench.none INCLUDING ALL,
  FOREIGN KEY (parent) REFERENCES users.users, FOREIGN KEY (agent) REFERENCES agents.agents
);
CREATE INDEX ON bench.pin_two (agent);
CREATE INDEX ON bench.fk_two (agent);
-- chat-service's role calls the pins; only the naive check needs more than the product grants.
GRANT USAGE ON SCHEMA bench TO chat_app;
GRANT INSERT, TRUNCATE ON ALL TABLES IN SCHEMA bench TO chat_app;
GRANT SELECT ON users.users TO chat_app;
VACUUM ANALYZE;
