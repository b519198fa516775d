package io.a2g.common.migrate.cli;

import io.a2g.common.migrate.Target;
import io.a2g.common.migrate.history.MigrationHeaders;
import io.a2g.common.migrate.history.Step;
import java.util.Locale;

/** How a pending migration looks in a plan. */
record PlannedStep(String script, String phase, String way) {

  static PlannedStep of(Target target, Step step) {
    MigrationHeaders headers =
        MigrationHeaders.of(target.files().migration(step.script()).orElse(""));
    String way =
        headers
            .irreversible()
            .map(reason -> "irreversible: " + reason)
            .orElse(
                target.files().undo(step.script()).isPresent() ? "can be undone" : "no undo file");
    return new PlannedStep(step.script(), headers.phase().name().toLowerCase(Locale.ROOT), way);
  }

  String line() {
    return "%s  %s, %s".formatted(script, phase, way);
  }
}
