-- Reservations of rows here by services whose schema is in another database, where no lock reaches.
CREATE TABLE users.reference_reservations (
  id          uuid        NOT NULL,
  target      text        NOT NULL,
  target_id   bigint      NOT NULL,
  holder      text        NOT NULL,
  reserved_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT reference_reservations_pkey PRIMARY KEY (id, target, target_id)
);
-- Serves: the deletion of a target, which settles its reservations first.
CREATE INDEX reference_reservations_target_target_id_idx ON users.reference_reservations (target, target_id);
-- Serves: the sweeper, which settles the old ones of a holder.
CREATE INDEX reference_reservations_holder_reserved_at_idx ON users.reference_reservations (holder, reserved_at);

COMMENT ON TABLE users.reference_reservations IS 'Who, in another database, is about to refer to a row here or did so a moment ago. Empty while all schemas share one database.';
COMMENT ON COLUMN users.reference_reservations.id IS 'Drawn by the holder for one transaction; may reserve several rows.';
COMMENT ON COLUMN users.reference_reservations.target IS 'Schema and table of the row.';
COMMENT ON COLUMN users.reference_reservations.holder IS 'Schema that knows whether the reservation was used.';
COMMENT ON COLUMN users.reference_reservations.reserved_at IS 'By this database''s clock, and compared with it only.';
