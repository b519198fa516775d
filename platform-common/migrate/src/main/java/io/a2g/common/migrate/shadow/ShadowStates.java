package io.a2g.common.migrate.shadow;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.Installation;
import io.a2g.common.migrate.history.KnownStates;
import io.a2g.common.migrate.log.MigrationLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states of a schema around each version, found by applying the migrations in a shadow database
 * at the moment when somebody wants to know. The shadow is made when it is first asked.
 */
public final class ShadowStates implements KnownStates, AutoCloseable {

  private final Target live;
  private final @Nullable DatabaseUrl server;
  private @Nullable ShadowDatabase shadow;

  /**
   * For one target.
   *
   * @param server where to make the shadow; null: on the target's server
   */
  public ShadowStates(Target live, @Nullable DatabaseUrl server) {
    this.live = live;
    this.server = server;
  }

  // An undo goes from the top down, so what was replayed for the first version has all others.
  @Override
  public Optional<MigrationLog.Applied> of(String version) {
    if (shadow == null) {
      shadow = ShadowDatabase.create(Installation.of(live), server);
      KnownStates.replay(shadow.target(), version);
    }
    return KnownStates.replayed(shadow.target(), version);
  }

  @Override
  public void close() {
    if (shadow != null) {
      shadow.close();
    }
  }
}
