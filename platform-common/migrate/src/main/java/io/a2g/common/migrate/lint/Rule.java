package io.a2g.common.migrate.lint;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules, each with the recipe that its messages carry. */
enum Rule {
  FILE_NAME(
      "Name it V<yyyyMMdd_HHmm>__<slug>.sql with a slug of a-z, 0-9 and _; revision does it for you."),
  SAME_VERSION("Give one of them a later minute: renumber does it for files that are not applied."),
  MISSING_UNDO(
      "Write db/undo/U<same>__<slug>.sql that takes everything back, or say '-- irreversible: <reason>' in the V file."),
  UNDO_WITHOUT_MIGRATION("Rename it after its V file, or remove it."),
  HEADER("Known are '-- phase: expand|backfill|contract' and '-- irreversible: <reason>'."),
  REVIEW_ME("Read the draft, finish it, and remove the line."),
  TRANSACTION_CONTROL(
      "Remove it: each file runs in one transaction together with its row of the history."),
  SESSION_SETTING("Say SET LOCAL, or set_config(…, true), which ends with the transaction."),
  OTHER_SCHEMA(
      "Change it in a migration of the service that owns that schema; here call its published functions."),
  ALONE("Give that statement a file of its own: without a transaction nothing is rolled back."),
  NEEDS_CONF(
      "Add a file with the same name and .conf at its end that says executeInTransaction=false."),
  NEEDLESS_CONF(
      "Remove the .conf file: everything in this file may run in a transaction, which is rolled back when it fails."),
  UNDO_TRANSACTION(
      "Use the form without CONCURRENTLY, which waits for its lock no longer than --lock-timeout; where there is none, say '-- irreversible: <reason>' in the V file."),

  INDEX_LOCKS_WRITES(
      "Use CREATE INDEX CONCURRENTLY in a file of its own; for a partitioned table create it ON ONLY the parent, CONCURRENTLY on each partition, then attach."),
  DROP_INDEX_LOCKS("Use DROP INDEX CONCURRENTLY in a file of its own."),
  CONCURRENTLY_IF_NOT_EXISTS(
      "Leave IF NOT EXISTS out: it passes over the invalid index that a failed try leaves behind."),
  COLUMN_REWRITES_TABLE(
      "Add the column without it, set the default for new rows, fill old rows by a backfill, then add the constraint."),
  COLUMN_NOT_NULL(
      "Add it with a constant default, or nullable: fill it by a backfill, then set NOT NULL by the route of set-not-null."),
  SET_NOT_NULL(
      "First file: ADD CONSTRAINT c CHECK (column IS NOT NULL) NOT VALID. Second file: VALIDATE CONSTRAINT c; ALTER COLUMN SET NOT NULL; DROP CONSTRAINT c."),
  COLUMN_TYPE(
      "Add a column of the new type, write both, fill it by a backfill, read the new one, and drop the old one in a contract file."),
  VALIDATING_FOREIGN_KEY(
      "Say NOT VALID here, and VALIDATE CONSTRAINT in the next file, which does not stop writes."),
  VALIDATING_CHECK(
      "Say ADD CONSTRAINT … CHECK (…) NOT VALID here, and VALIDATE CONSTRAINT in the next file, which does not stop writes."),
  VALIDATE_APART(
      "Move VALIDATE CONSTRAINT to the next file: here it scans under the lock that ADD CONSTRAINT took."),
  UNIQUE_BUILDS_INDEX(
      "First file: CREATE UNIQUE INDEX CONCURRENTLY i …. Second file: ADD CONSTRAINT … UNIQUE (or PRIMARY KEY) USING INDEX i."),
  TABLE_REWRITE(
      "It rewrites the table, which blocks reads: make a new table, copy by a backfill, and switch over."),
  DETACH_PARTITION(
      "Use DETACH PARTITION … CONCURRENTLY in a file of its own, with a .conf file that says executeInTransaction=false."),
  NEEDS_CONTRACT(
      "Services of the last release still use it: stop using it first, then remove it in a file that says '-- phase: contract'."),
  WHOLE_TABLE(
      "Rows stay locked until the file ends: run it as a backfill, in batches, outside the migration."),
  TRUNCATE("It blocks reads, and no undo brings rows back: delete by a backfill."),
  LOCK_TABLE("Leave it out: statements take the locks that they need."),
  TYPE(
      "Take text with a CHECK of its length, timestamptz, jsonb, and GENERATED ALWAYS AS IDENTITY."),

  MEASURED_REWRITE(
      "The table is rewritten, which blocks reads: add a new column or table and fill it by a backfill."),
  MEASURED_INDEX_LOCK("Build the index CONCURRENTLY in a file of its own."),
  MEASURED_VALIDATION("Add the constraint NOT VALID, and VALIDATE CONSTRAINT it in the next file."),
  MEASURED_SCAN(
      "Checking all rows blocks reads: use a CHECK constraint NOT VALID, validated in the next file."),

  MEASURED_FAILURE(
      "It fails on tables that have rows: make it work with any row, or put the rows it expects into db/seed/<version before>.sql."),

  IGNORE("Write '-- lint-ignore <rule>: <reason>' with a rule that finds something in this file.");

  private final String recipe;

  Rule(String recipe) {
    this.recipe = recipe;
  }

  /** Its name in messages and in {@code -- lint-ignore}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String recipe() {
    return recipe;
  }

  static Optional<Rule> of(String id) {
    return Stream.of(values()).filter(rule -> rule.id().equals(id)).findAny();
  }
}
