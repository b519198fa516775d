DROP FUNCTION users.record_reference_event();
DROP TABLE users.reference_subscriptions;
DROP SEQUENCE users.reference_event_positions;
DROP TABLE users.reference_events;
