package io.a2g.common.migration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN until the schema is complete. */
class MigrationHealthIndicator implements HealthIndicator {

  private final MigrationState state;

  MigrationHealthIndicator(MigrationState state) {
    this.state = state;
  }

  @Override
  public Health health() {
    var step = state.step();
    var figures = state.figures();
    var health =
        (step == MigrationState.Step.APPLIED ? Health.up() : Health.down())
            .withDetail("step", step)
            .withDetail("pending", figures.pending())
            .withDetail("failed", figures.failed());
    if (figures.version() != null) {
      health.withDetail("version", figures.version());
    }
    if (figures.hold() != null) {
      health.withDetail("hold", figures.hold());
    }
    return health.build();
  }
}
