DROP TABLE users.reference_reservations;
