package io.a2g.common.migration;

import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Migrates in the background and tries again until it works. The service is up meanwhile, alive but
 * not ready: a database that comes late, or a migration that an operator repairs, needs no restart.
 */
class MigrationRunner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Flyway flyway;
  private final EntityManagerFactory entities;
  private final MigrationState state;
  private final ApplicationEventPublisher events;
  private volatile boolean running;
  private volatile Thread worker = Thread.ofVirtual().name("migrations").unstarted(this::run);

  MigrationRunner(
      Flyway flyway,
      EntityManagerFactory entities,
      MigrationState state,
      ApplicationEventPublisher events) {
    this.flyway = flyway;
    this.entities = entities;
    this.state = state;
    this.events = events;
  }

  @Override
  public void start() {
    running = true;
    if (worker.getState() != Thread.State.NEW) {
      worker = Thread.ofVirtual().name("migrations").unstarted(this::run);
    }
    worker.start();
  }

  @Override
  public void stop() {
    running = false;
    worker.interrupt();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (running && !migrated()) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private boolean migrated() {
    try {
      int applied = flyway.migrate().migrationsExecuted;
      entities.getSchemaManager().validate();
      events.publishEvent(new MigrationsApplied());
      state.moveTo(MigrationState.Step.APPLIED);
      log.info("Schema is complete; {} migrations applied now", applied);
      return true;
    } catch (Exception e) {
      state.moveTo(MigrationState.Step.FAILED);
      log.error("Migration failed, not ready, will try again: {}", firstLine(e));
      log.debug("Migration failure in full", e);
      return false;
    }
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .limit(12)
        .reduce((a, b) -> a + " | " + b)
        .orElse(failure.getClass().getSimpleName());
  }
}
