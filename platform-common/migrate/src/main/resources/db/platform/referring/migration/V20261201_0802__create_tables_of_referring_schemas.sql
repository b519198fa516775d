-- What this schema refers to in others, and what their owners may ask about it.
CREATE TABLE ${flyway:defaultSchema}.declared_references (
  table_name  text    NOT NULL,
  column_name text    NOT NULL,
  nullable    boolean NOT NULL,
  target      text    NOT NULL,
  on_delete   text    NOT NULL CHECK (on_delete IN ('RESTRICT', 'KEEP')),
  on_orphan   text    NOT NULL CHECK (on_orphan IN ('SOFT_DELETE', 'SET_NULL')),
  CONSTRAINT declared_references_pkey PRIMARY KEY (table_name, column_name),
  CONSTRAINT declared_references_set_null CHECK (nullable OR on_orphan <> 'SET_NULL')
);
COMMENT ON TABLE ${flyway:defaultSchema}.declared_references IS 'Columns of this schema that point into another one; written by migrations only. The same as the beans of type Reference.';
COMMENT ON COLUMN ${flyway:defaultSchema}.declared_references.table_name IS 'Has the columns id, version and deleted_at.';
COMMENT ON COLUMN ${flyway:defaultSchema}.declared_references.column_name IS 'A bigint with an index that begins with it.';
COMMENT ON COLUMN ${flyway:defaultSchema}.declared_references.target IS 'Schema and table of the target.';
COMMENT ON COLUMN ${flyway:defaultSchema}.declared_references.on_delete IS 'RESTRICT: the target cannot be deleted while a live row points to it; KEEP: it can, the rows stay readable.';
COMMENT ON COLUMN ${flyway:defaultSchema}.declared_references.on_orphan IS 'Repair of a row whose target is gone all the same: SOFT_DELETE the row or SET_NULL the column.';

-- What the audit of this schema's references found, and how far it is.
CREATE TABLE ${flyway:defaultSchema}.orphan_findings (
  id            bigint      GENERATED ALWAYS AS IDENTITY,
  reference     text        NOT NULL,
  row_id        bigint,
  target_id     text        CHECK (char_length(target_id) <= 200),
  kind          text        NOT NULL CHECK (kind IN ('dangling', 'deleted_target', 'type_changed')),
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at  timestamptz,
  resolved_at   timestamptz,
  resolution    text        CHECK (resolution IN ('gone', 'soft_deleted', 'set_null')),
  CONSTRAINT orphan_findings_pkey PRIMARY KEY (id),
  CONSTRAINT orphan_findings_resolved CHECK ((resolved_at IS NULL) = (resolution IS NULL))
);
-- Serve: one open finding for a row, and one for a column; the findings of a reference in the order of its rows.
CREATE UNIQUE INDEX orphan_findings_row_open_key ON ${flyway:defaultSchema}.orphan_findings (reference, row_id)
  WHERE resolved_at IS NULL AND row_id IS NOT NULL;
CREATE UNIQUE INDEX orphan_findings_column_open_key ON ${flyway:defaultSchema}.orphan_findings (reference)
  WHERE resolved_at IS NULL AND row_id IS NULL;
-- Serves: forgetting what was resolved long ago.
CREATE INDEX orphan_findings_resolved_at_idx ON ${flyway:defaultSchema}.orphan_findings (resolved_at) WHERE resolved_at IS NOT NULL;

COMMENT ON TABLE ${flyway:defaultSchema}.orphan_findings IS 'Live rows whose reference into another schema is wrong. Written by the audit and by its repair; resolved ones are kept for 90 days.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.reference IS 'Table and column, as in declared_references.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.row_id IS 'Id of the row; null when the whole column is wrong.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.target_id IS 'What the column holds, as text because it may be no id; the first 200 characters.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.kind IS 'dangling: no such row; deleted_target: it is soft-deleted and the reference is RESTRICT; type_changed: the column is no bigint any more, or the value is no id.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.first_seen_at IS 'The pass that saw it first.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.confirmed_at IS 'A later pass saw it again; null: only suspected, a transaction may have been under way.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.resolved_at IS 'Null while it is open.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_findings.resolution IS 'gone: a pass did not see it any more; soft_deleted, set_null: repaired by the declared rule.';

CREATE TABLE ${flyway:defaultSchema}.orphan_audits (
  reference    text        NOT NULL,
  looked_at    timestamptz NOT NULL,
  completed_at timestamptz,
  rows_seen    bigint      NOT NULL,
  not_audited  text,
  CONSTRAINT orphan_audits_pkey PRIMARY KEY (reference)
);
COMMENT ON TABLE ${flyway:defaultSchema}.orphan_audits IS 'The last audit of each reference; the replicas of the service share it.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_audits.reference IS 'Table and column, as in declared_references.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_audits.looked_at IS 'When the last audit began.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_audits.completed_at IS 'When the last audit that saw every row ended; null: there was none yet.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_audits.rows_seen IS 'Rows of the last audit whose reference was looked at: live, and not null.';
COMMENT ON COLUMN ${flyway:defaultSchema}.orphan_audits.not_audited IS 'Why the last audit could not see every row; null: it could.';

-- What this schema, as one that refers to others, has to know when those are in other databases.
CREATE TABLE ${flyway:defaultSchema}.reference_marks (
  id        uuid        PRIMARY KEY,
  state     text        NOT NULL CHECK (state IN ('HELD', 'ABANDONED')),
  marked_at timestamptz NOT NULL DEFAULT now()
);
-- Serves: the removal of old marks.
CREATE INDEX reference_marks_marked_at_idx ON ${flyway:defaultSchema}.reference_marks (marked_at);
COMMENT ON TABLE ${flyway:defaultSchema}.reference_marks IS 'Reservations at owners in other databases that were used (HELD) or cannot be used any more (ABANDONED). The primary key is the fence: the first to insert decides. Kept for 7 days, longer than any transaction lives.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_marks.id IS 'The reservation.';
COMMENT ON COLUMN ${flyway:defaultSchema}.reference_marks.state IS 'HELD: inserted by the transaction that stored the row; ABANDONED: by the owner''s question.';

CREATE TABLE ${flyway:defaultSchema}.foreign_deletions (
  target      text        NOT NULL,
  target_id   bigint      NOT NULL,
  event_id    bigint      NOT NULL,
  kind        text        NOT NULL CHECK (kind IN ('DELETED', 'RESTORED', 'PURGED')),
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT foreign_deletions_pkey PRIMARY KEY (target, target_id)
);
-- Serves: the removal of what nobody needs to know any more.
CREATE INDEX foreign_deletions_received_at_idx ON ${flyway:defaultSchema}.foreign_deletions (received_at);
COMMENT ON TABLE ${flyway:defaultSchema}.foreign_deletions IS 'What owners in other databases announced about their rows; spares questions, proves nothing. Kept for 90 days.';
COMMENT ON COLUMN ${flyway:defaultSchema}.foreign_deletions.target IS 'Schema and table of the row.';
COMMENT ON COLUMN ${flyway:defaultSchema}.foreign_deletions.event_id IS 'The owner''s number of the newest event of this row; lower ones change nothing.';
COMMENT ON COLUMN ${flyway:defaultSchema}.foreign_deletions.occurred_at IS 'By the owner''s clock; for people.';
