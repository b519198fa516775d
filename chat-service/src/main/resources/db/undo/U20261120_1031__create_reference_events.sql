DROP FUNCTION chat.record_reference_event();
DROP TABLE chat.reference_subscriptions;
DROP SEQUENCE chat.reference_event_positions;
DROP TABLE chat.reference_events;
