package io.a2g.common.startup;

import io.a2g.common.readiness.SchemaReadiness;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN until the schema is complete. */
class MigrationHealthIndicator implements HealthIndicator {

  private final SchemaReadiness readiness;
  private final MigrationMeters meters;

  MigrationHealthIndicator(SchemaReadiness readiness, MigrationMeters meters) {
    this.readiness = readiness;
    this.meters = meters;
  }

  @Override
  public Health health() {
    var step = readiness.step();
    var figures = meters.figures();
    var health =
        (step == SchemaReadiness.Step.APPLIED ? Health.up() : Health.down())
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
