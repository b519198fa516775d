package io.a2g.common.migrate.history;

import java.time.Instant;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/**
 * One migration: a file, a row of the history, or both.
 *
 * @param version null for a repeatable migration and for the marker of the schema's creation
 * @param description from the file's name
 * @param script the file's name, such as {@code V20261120_0901__create_users.sql}
 * @param type SQL, DELETE (undone or repaired away), BASELINE, …
 * @param state Flyway's
 * @param checksum of the applied file; null when pending or not known
 * @param fileChecksum of the file that is here; null when there is none
 * @param rank its row's order; 0 when there is no row
 * @param installedOn null when not applied
 * @param installedBy the database user; null when not applied
 * @param executionMillis 0 when not applied
 */
public record Step(
    @Nullable String version,
    String description,
    String script,
    String type,
    MigrationState state,
    @Nullable Integer checksum,
    @Nullable Integer fileChecksum,
    int rank,
    @Nullable Instant installedOn,
    @Nullable String installedBy,
    int executionMillis) {

  static Step of(MigrationInfo info) {
    return new Step(
        info.getVersion() == null ? null : info.getVersion().getVersion(),
        info.getDescription(),
        info.getScript(),
        info.getType().name(),
        info.getState(),
        info.getAppliedChecksum(),
        info.getResolvedChecksum(),
        info.getInstalledRank() == null ? 0 : info.getInstalledRank(),
        info.getInstalledOn() == null ? null : info.getInstalledOn().toInstant(),
        info.getInstalledBy(),
        info.getExecutionTime() == null ? 0 : info.getExecutionTime());
  }

  /** The row that the history has of it once its file has run. */
  HistoryTable.Row toRow() {
    return new HistoryTable.Row(0, version, description, type, script, fileChecksum, true);
  }

  /** Applied and neither undone nor failed. */
  public boolean isLive() {
    return switch (state) {
      case SUCCESS, OUT_OF_ORDER, FUTURE_SUCCESS, MISSING_SUCCESS, BASELINE, OUTDATED -> true;
      default -> false;
    };
  }
}
