DROP FUNCTION ${flyway:defaultSchema}.record_reference_event();
DROP TABLE ${flyway:defaultSchema}.reference_subscriptions;
DROP SEQUENCE ${flyway:defaultSchema}.reference_event_positions;
DROP TABLE ${flyway:defaultSchema}.reference_events;
DROP TABLE ${flyway:defaultSchema}.reference_reservations;
