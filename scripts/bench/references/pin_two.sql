-- Both pins inside the INSERT, as a conversation has them.
\set parent random(1, :parents)
\set agent random(1, :parents)
\startpipeline
BEGIN;
INSERT INTO bench.pin_two (parent, agent) SELECT :parent, :agent FROM (SELECT users.pin_user(:parent) AS p0, agents.pin_agent(:agent, :parent, NULL, false) AS p1) AS pinned WHERE pinned.p0 AND pinned.p1;
\endpipeline
COMMIT;
