-- What the audit of this schema's references found, and how far it is.
CREATE TABLE tracing.orphan_findings (
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
CREATE UNIQUE INDEX orphan_findings_row_open_key ON tracing.orphan_findings (reference, row_id)
  WHERE resolved_at IS NULL AND row_id IS NOT NULL;
CREATE UNIQUE INDEX orphan_findings_column_open_key ON tracing.orphan_findings (reference)
  WHERE resolved_at IS NULL AND row_id IS NULL;
-- Serves: forgetting what was resolved long ago.
CREATE INDEX orphan_findings_resolved_at_idx ON tracing.orphan_findings (resolved_at) WHERE resolved_at IS NOT NULL;

COMMENT ON TABLE tracing.orphan_findings IS 'Live rows whose reference into another schema is wrong. Written by the audit and by its repair; resolved ones are kept for 90 days.';
COMMENT ON COLUMN tracing.orphan_findings.reference IS 'Table and column, as in declared_references.';
COMMENT ON COLUMN tracing.orphan_findings.row_id IS 'Id of the row; null when the whole column is wrong.';
COMMENT ON COLUMN tracing.orphan_findings.target_id IS 'What the column holds, as text because it may be no id; the first 200 characters.';
COMMENT ON COLUMN tracing.orphan_findings.kind IS 'dangling: no such row; deleted_target: it is soft-deleted and the reference is RESTRICT; type_changed: the column is no bigint any more, or the value is no id.';
COMMENT ON COLUMN tracing.orphan_findings.first_seen_at IS 'The pass that saw it first.';
COMMENT ON COLUMN tracing.orphan_findings.confirmed_at IS 'A later pass saw it again; null: only suspected, a transaction may have been under way.';
COMMENT ON COLUMN tracing.orphan_findings.resolved_at IS 'Null while it is open.';
COMMENT ON COLUMN tracing.orphan_findings.resolution IS 'gone: a pass did not see it any more; soft_deleted, set_null: repaired by the declared rule.';

CREATE TABLE tracing.orphan_audits (
  reference    text        NOT NULL,
  looked_at    timestamptz NOT NULL,
  completed_at timestamptz,
  rows_seen    bigint      NOT NULL,
  not_audited  text,
  CONSTRAINT orphan_audits_pkey PRIMARY KEY (reference)
);
COMMENT ON TABLE tracing.orphan_audits IS 'The last audit of each reference; the replicas of the service share it.';
COMMENT ON COLUMN tracing.orphan_audits.reference IS 'Table and column, as in declared_references.';
COMMENT ON COLUMN tracing.orphan_audits.looked_at IS 'When the last audit began.';
COMMENT ON COLUMN tracing.orphan_audits.completed_at IS 'When the last audit that saw every row ended; null: there was none yet.';
COMMENT ON COLUMN tracing.orphan_audits.rows_seen IS 'Rows of the last audit whose reference was looked at: live, and not null.';
COMMENT ON COLUMN tracing.orphan_audits.not_audited IS 'Why the last audit could not see every row; null: it could.';
