DROP FUNCTION agents.record_reference_event();
DROP TABLE agents.reference_subscriptions;
DROP SEQUENCE agents.reference_event_positions;
DROP TABLE agents.reference_events;
