package io.a2g.common.migrate.log;

import io.a2g.common.migrate.Checksum;
import io.a2g.common.migrate.MigrationFiles;
import org.jspecify.annotations.Nullable;

/**
 * One change of a schema.
 *
 * @param action what was done
 * @param version of the migration; null when it is about none
 * @param script the V file's name
 * @param checksum of the V file, as Flyway counts it
 * @param undoChecksum of the undo file; null when there is none
 * @param undoText the undo file, so that an older image can run it
 * @param fingerprintBefore of the schema; null when not taken
 * @param fingerprintAfter of the schema; null when not taken
 * @param durationMillis how long it took; null when not measured
 * @param actor who gave the order
 * @param reason why; null for what needs none
 * @param detail anything else, for people
 */
public record LogEntry(
    Action action,
    @Nullable String version,
    @Nullable String script,
    @Nullable Integer checksum,
    @Nullable Integer undoChecksum,
    @Nullable String undoText,
    @Nullable String fingerprintBefore,
    @Nullable String fingerprintAfter,
    @Nullable Long durationMillis,
    String actor,
    @Nullable String reason,
    @Nullable String detail) {

  /** What can be done to a schema. */
  public enum Action {
    APPLIED,
    /** Found to be what a file makes, and recorded as applied. */
    ADOPTED,
    /** A row of a history that an adoption replaced. */
    REPLACED,
    UNDONE,
    STAMPED,
    FAILED_ROW_CLEARED,
    CHECKSUM_ACCEPTED,
    HELD,
    RELEASED
  }

  /** An entry about no file, such as a hold. */
  public static LogEntry of(
      Action action, @Nullable String version, String actor, @Nullable String reason) {
    return new LogEntry(
        action, version, null, null, null, null, null, null, null, actor, reason, null);
  }

  /** An entry about a file, with the undo file that belongs to it and without what is measured. */
  public static LogEntry of(
      Action action,
      MigrationFiles files,
      @Nullable String version,
      String script,
      @Nullable Integer checksum,
      String actor) {
    String undo = files.undo(script).orElse(null);
    return new LogEntry(
        action,
        version,
        script,
        checksum,
        undo == null ? null : Checksum.of(undo),
        undo,
        null,
        null,
        null,
        actor,
        null,
        null);
  }

  /** The same with what was measured, and why it was done. */
  public LogEntry with(
      @Nullable String before,
      @Nullable String after,
      @Nullable Long millis,
      @Nullable String why,
      @Nullable String more) {
    return new LogEntry(
        action,
        version,
        script,
        checksum,
        undoChecksum,
        undoText,
        before,
        after,
        millis,
        actor,
        why,
        more);
  }
}
