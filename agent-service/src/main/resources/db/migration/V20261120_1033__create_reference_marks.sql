-- What this schema, as one that refers to others, has to know when those are in other databases.
CREATE TABLE agents.reference_marks (
  id        uuid        PRIMARY KEY,
  state     text        NOT NULL CHECK (state IN ('HELD', 'ABANDONED')),
  marked_at timestamptz NOT NULL DEFAULT now()
);
-- Serves: the removal of old marks.
CREATE INDEX reference_marks_marked_at_idx ON agents.reference_marks (marked_at);
COMMENT ON TABLE agents.reference_marks IS 'Reservations at owners in other databases that were used (HELD) or cannot be used any more (ABANDONED). The primary key is the fence: the first to insert decides. Kept for 7 days, longer than any transaction lives.';
COMMENT ON COLUMN agents.reference_marks.id IS 'The reservation.';
COMMENT ON COLUMN agents.reference_marks.state IS 'HELD: inserted by the transaction that stored the row; ABANDONED: by the owner''s question.';

CREATE TABLE agents.foreign_deletions (
  target      text        NOT NULL,
  target_id   bigint      NOT NULL,
  event_id    bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('DELETED', 'RESTORED', 'PURGED')),
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT foreign_deletions_pkey PRIMARY KEY (target, target_id)
);
-- Serves: the removal of what nobody needs to know any more.
CREATE INDEX foreign_deletions_received_at_idx ON agents.foreign_deletions (received_at);
COMMENT ON TABLE agents.foreign_deletions IS 'What owners in other databases announced about their rows; spares questions, proves nothing. Kept for 90 days.';
COMMENT ON COLUMN agents.foreign_deletions.target IS 'Schema and table of the row.';
COMMENT ON COLUMN agents.foreign_deletions.event_id IS 'The owner''s number of the newest event of this row; lower ones change nothing.';
COMMENT ON COLUMN agents.foreign_deletions.occurred_at IS 'By the owner''s clock; for people.';
