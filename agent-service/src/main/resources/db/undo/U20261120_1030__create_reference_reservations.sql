DROP TABLE agents.reference_reservations;
