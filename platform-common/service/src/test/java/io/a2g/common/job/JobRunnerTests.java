package io.a2g.common.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobRunnerTests {

  private static final Duration SHORT = Duration.ofMillis(1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void jobThatFailsRunsAgainWhateverItThrows() throws Exception {
    var runs = new CountDownLatch(4);
    JobRunner runner =
        runner(
            new PlatformJob(
                "broken",
                SHORT,
                true,
                () -> {
                  runs.countDown();
                  switch ((int) runs.getCount()) {
                    case 3 -> throw new IllegalStateException("no such table");
                    case 2 -> throw new StackOverflowError();
                    default -> {}
                  }
                }));

    runner.start();

    assertThat(runs.await(30, SECONDS)).isTrue();
    runner.destroy();
    assertThat(
            meters
                .get("platform.job")
                .tags("service", "user-service", "name", "broken", "outcome", "failure")
                .timer())
        .extracting(timer -> timer.count())
        .isEqualTo(2L);
    assertThat(meters.get("platform.job").tags("outcome", "success").timer().count()).isPositive();
    assertThat(meters.get("platform.job.age").tag("name", "broken").gauge().value())
        .isNotNegative();
  }

  @Test
  void schemaThatIsReadyTwiceStartsEachJobOnce() throws Exception {
    var together = new AtomicInteger();
    var most = new AtomicInteger();
    var runs = new CountDownLatch(50);
    JobRunner runner =
        runner(
            new PlatformJob(
                "counted",
                SHORT,
                true,
                () -> {
                  most.accumulateAndGet(together.incrementAndGet(), Math::max);
                  together.decrementAndGet();
                  runs.countDown();
                }));

    runner.start();
    runner.start();

    assertThat(runs.await(30, SECONDS)).isTrue();
    runner.destroy();
    assertThat(most).hasValue(1);
  }

  @Test
  void runUnderWayEndsBeforeTheServiceDoes() throws Exception {
    var began = new CountDownLatch(1);
    var ended = new AtomicInteger();
    JobRunner runner =
        runner(
            new PlatformJob(
                "slow",
                Duration.ofHours(1),
                true,
                () -> {
                  began.countDown();
                  Thread.sleep(200);
                  ended.incrementAndGet();
                }));
    runner.start();
    assertThat(began.await(30, SECONDS)).isTrue();

    runner.destroy();

    assertThat(ended).hasValue(1);
  }

  @Test
  void jobThatHangsKeepsNoOtherWaiting() throws Exception {
    var hangs = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var others = new CountDownLatch(3);
    JobRunner runner =
        runner(
            new PlatformJob(
                "hanging",
                SHORT,
                true,
                () -> {
                  hangs.countDown();
                  release.await();
                }),
            new PlatformJob("other", SHORT, true, others::countDown));

    runner.start();

    assertThat(hangs.await(30, SECONDS)).isTrue();
    assertThat(others.await(30, SECONDS)).isTrue();
    assertThat(meters.get("platform.job.pause").tag("name", "hanging").gauge().value())
        .isEqualTo(0.001);
    release.countDown();
    runner.destroy();
  }

  @Test
  void pausesDifferByATenthSoThatReplicasDriftApart() {
    Duration pause = Duration.ofHours(1);

    List<Duration> pauses =
        Stream.generate(() -> JobRunner.jittered(pause)).limit(1_000).distinct().toList();

    assertThat(pauses)
        .hasSizeGreaterThan(900)
        .allMatch(one -> one.minus(pause).abs().compareTo(Duration.ofMinutes(6)) <= 0);
  }

  @Test
  void jobWithoutAPauseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlatformJob("busy", Duration.ZERO, () -> {}))
        .withMessageContaining("busy");
  }

  private JobRunner runner(PlatformJob... jobs) {
    return new JobRunner(List.of(jobs), meters, Clock.systemUTC(), "user-service");
  }
}
