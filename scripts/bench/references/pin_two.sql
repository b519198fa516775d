-- Both pins in one statement, as chat-service sends them.
\set parent random(1, :parents)
\set agent random(1, :parents)
BEGIN;
SELECT users.pin_user(:parent), agents.pin_agent(:agent, :parent, NULL, false);
INSERT INTO bench.pin_two (parent, agent) VALUES (:parent, :agent);
COMMIT;
