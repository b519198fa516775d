DROP TABLE tracing.foreign_deletions;
DROP TABLE tracing.reference_marks;
