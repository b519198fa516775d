DROP TABLE chat.reference_reservations;
