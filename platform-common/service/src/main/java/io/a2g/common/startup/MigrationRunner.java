package io.a2g.common.startup;

import io.a2g.common.migrate.ExitCode;
import io.a2g.common.migrate.MigrationFailure;
import io.a2g.common.readiness.SchemaReadiness;
import io.a2g.common.readiness.SchemaReady;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Works in the background and tries again until the schema is complete. The service is up
 * meanwhile, alive but not ready: a database that comes late, or a migration that an operator
 * repairs, needs no restart. Only in verify mode it gives up, because somebody else's step is
 * missing.
 */
class MigrationRunner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MigrationRunner.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  // The figures can wait; the processors belong to the services that start beside this one.
  private static final Duration BEFORE_FIGURES = Duration.ofSeconds(5);

  private final SchemaCheck schema;
  private final EntityManagerFactory entities;
  private final MigrationProperties properties;
  private final SchemaReadiness state;
  private final ApplicationEventPublisher events;
  private final IntConsumer end;
  private volatile boolean running;
  private volatile Thread worker = Thread.ofVirtual().name("migrations").unstarted(this::run);

  /**
   * Not started yet.
   *
   * @param end ends the service with an exit code
   */
  MigrationRunner(
      SchemaCheck schema,
      EntityManagerFactory entities,
      MigrationProperties properties,
      SchemaReadiness state,
      ApplicationEventPublisher events,
      IntConsumer end) {
    this.schema = schema;
    this.entities = entities;
    this.properties = properties;
    this.state = state;
    this.events = events;
    this.end = end;
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
    long deadline = System.nanoTime() + properties.verifyWait().toNanos();
    Duration pause = FIRST_PAUSE;
    try {
      while (running && !completed(deadline)) {
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
      Thread.sleep(BEFORE_FIGURES);
      while (running && properties.mode() != MigrationProperties.Mode.OFF) {
        refresh();
        Thread.sleep(properties.refresh());
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  private boolean completed(long deadline) {
    try {
      long started = System.nanoTime();
      int applied = 0;
      switch (properties.mode()) {
        case MIGRATE -> applied = schema.migrate();
        case VERIFY -> schema.verify();
        case OFF -> log.info("Migrations are switched off; nobody looks whether any is pending");
      }
      long millis = (System.nanoTime() - started) / 1_000_000;
      entities.getSchemaManager().validate();
      events.publishEvent(new SchemaReady());
      state.moveTo(SchemaReadiness.Step.APPLIED);
      log.info("Schema is complete; {} migrations applied now, in {} ms", applied, millis);
      return true;
    } catch (Exception e) {
      state.moveTo(SchemaReadiness.Step.FAILED);
      refresh();
      if (isHopeless(e, deadline)) {
        log.error("Waited {} and gave up: {}", properties.verifyWait(), firstLine(e));
        end.accept(ExitCode.PENDING.code());
        return true;
      }
      log.error("Schema is not complete, not ready, will try again: {}", firstLine(e));
      log.debug("Failure in full", e);
      return false;
    }
  }

  private boolean isHopeless(Exception e, long deadline) {
    return properties.mode() == MigrationProperties.Mode.VERIFY
        && e instanceof MigrationFailure failure
        && failure.exitCode() == ExitCode.PENDING
        && System.nanoTime() > deadline;
  }

  private void refresh() {
    if (properties.mode() == MigrationProperties.Mode.OFF) {
      return;
    }
    try {
      schema.refresh();
    } catch (RuntimeException e) {
      log.debug("Figures about migrations cannot be read", e);
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
