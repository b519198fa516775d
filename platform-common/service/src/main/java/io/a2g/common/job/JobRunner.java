package io.a2g.common.job;

import io.a2g.common.readiness.SchemaReady;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/**
 * Runs the jobs from the moment the schema is complete, each on a thread of its own: one that takes
 * long delays no other, and never overlaps with itself. Replicas that started together drift apart,
 * because every pause is up to a tenth shorter or longer.
 */
final class JobRunner implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

  private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMinutes(10);
  // A run under way gets so long when the service stops.
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final List<PlatformJob> jobs;
  private final MeterRegistry meters;
  private final Clock clock;
  private final String service;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  JobRunner(List<PlatformJob> jobs, MeterRegistry meters, Clock clock, String service) {
    this.jobs = jobs;
    this.meters = meters;
    this.clock = clock;
    this.service = service;
  }

  /** Last of all that wait for the schema: one of them may still refuse it. */
  @EventListener(SchemaReady.class)
  @Order
  synchronized void start() {
    if (threads.isEmpty()) {
      for (PlatformJob job : jobs) {
        threads.add(Thread.ofVirtual().name("job-" + job.name()).start(() -> repeat(job)));
      }
    }
  }

  private void repeat(PlatformJob job) {
    AtomicReference<Instant> lastSuccess = new AtomicReference<>(clock.instant());
    Gauge.builder("platform.job.age", lastSuccess, last -> seconds(since(last.get())))
        .description("Since the last run of a job that succeeded; since the start while none did")
        .baseUnit("seconds")
        .tags(tags(job))
        .register(meters);
    Gauge.builder("platform.job.pause", job, it -> seconds(it.pause()))
        .description("Between the end of one run of a job and the begin of the next")
        .baseUnit("seconds")
        .tags(tags(job))
        .register(meters);
    try {
      boolean goOn = job.atOnce() || pause(firstPause(job));
      while (goOn) {
        run(job, lastSuccess);
        goOn = pause(jittered(job.pause()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(PlatformJob job, AtomicReference<Instant> lastSuccess) {
    Instant began = clock.instant();
    String outcome = "failure";
    try {
      job.work().run();
      lastSuccess.set(clock.instant());
      outcome = "success";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      // Errors too: a job that is gone until the next start would be missed too late.
      log.warn("Job {} failed and runs again in {}: {}", job.name(), job.pause(), e.toString());
    }
    meters.timer("platform.job", tags(job).and("outcome", outcome)).record(since(began));
  }

  // False when the service stops.
  private boolean pause(Duration time) throws InterruptedException {
    return !stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Duration firstPause(PlatformJob job) {
    Duration longest =
        job.pause().compareTo(LONGEST_FIRST_PAUSE) < 0 ? job.pause() : LONGEST_FIRST_PAUSE;
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(longest.toMillis() / 2, longest.toMillis() + 1));
  }

  static Duration jittered(Duration pause) {
    long tenth = Math.max(1, pause.toMillis() / 10);
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(-tenth, tenth + 1));
  }

  // Not "job": that is Prometheus' own name for what it scrapes.
  private Tags tags(PlatformJob job) {
    return Tags.of("service", service, "name", job.name());
  }

  private Duration since(Instant time) {
    return Duration.between(time, clock.instant());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  @Override
  public void destroy() throws InterruptedException {
    stopped.countDown();
    Instant end = Instant.now().plus(STOP_TIMEOUT);
    for (Thread thread : threads) {
      Duration left = Duration.between(Instant.now(), end);
      thread.join(left.isPositive() ? left : Duration.ZERO);
      thread.interrupt();
    }
  }
}
