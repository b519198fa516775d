DROP TABLE agents.foreign_deletions;
DROP TABLE agents.reference_marks;
