package io.a2g.common.migrate.history;

import io.a2g.common.migrate.FlywaySetup;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.log.MigrationLog;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/**
 * What a schema was before and after a version, for an undo of a version of which the log does not
 * say it: it was applied in a run of many, or without the tool.
 */
@FunctionalInterface
public interface KnownStates {

  /** Nothing is known. */
  KnownStates NONE = version -> Optional.empty();

  /**
   * The states; empty when they cannot be found out.
   *
   * @throws MigrationFailure with the reason, when finding out failed
   */
  Optional<MigrationLog.Applied> of(String version);

  /**
   * Applies the migrations up to a version on an empty schema, so that its log has the states of
   * every one of them.
   *
   * @param shadow the empty schema, which no other session works on
   */
  static void replay(Target shadow, String version) {
    try {
      FlywaySetup.configure(shadow.withoutRepeatables())
          .callbacks(new MigrationWatcher(shadow, "replay", any -> true, Progress.NONE))
          .target(version)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw FlywayFailures.explain(e, shadow);
    }
  }

  /** What a replay has found out about one version. */
  static Optional<MigrationLog.Applied> replayed(Target shadow, String version) {
    return shadow.on(connection -> MigrationLog.lastApplied(connection, shadow.schema(), version));
  }
}
