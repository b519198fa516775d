DROP TABLE chat.foreign_deletions;
DROP TABLE chat.reference_marks;
