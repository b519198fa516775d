package io.a2g.common.migrate.history;

import io.a2g.common.migrate.Target;
import org.jspecify.annotations.Nullable;

/**
 * Where a schema stands against the files that are here.
 *
 * @param version on top; null when nothing is applied
 * @param description of that version; null when nothing is applied
 * @param pending files not applied yet, late ones not counted
 * @param late files merged after a higher version had been applied, see {@code renumber}
 * @param failed rows of files that failed half-way, see {@code repair --failed}
 */
public record SchemaVersion(
    @Nullable String version, @Nullable String description, int pending, int late, int failed) {

  /**
   * Reads it.
   *
   * @throws io.a2g.common.migrate.MigrationFailure when the database or a file cannot be read
   */
  public static SchemaVersion read(Target target) {
    return target.on(connection ->
        FastStatus.at(connection, target)
            .map(FastStatus::toSchemaVersion)
            .orElseGet(() -> of(MigrationStatus.read(target))));
  }

  private static SchemaVersion of(MigrationStatus status) {
    Step top = status.current().orElse(null);
    return new SchemaVersion(
        top == null ? null : top.version(),
        top == null ? null : top.description(),
        status.pending().size(),
        status.late().size(),
        status.failed().size());
  }

  /** True when nothing has to be done. */
  public boolean isHead() {
    return pending == 0 && late == 0 && failed == 0;
  }
}
