package io.a2g.systemtest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import io.a2g.systemtest.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Boundary values for every operation of the five services, all at once: never an answer of 5xx,
 * always a documented status and what the document says is in it.
 */
public final class Fuzz {

  private Fuzz() {}

  /**
   * Runs for a time.
   *
   * @param args seconds, and optionally the seed of an earlier run
   */
  public static void main(String[] args) throws InterruptedException {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    try {
      int seconds = Integer.parseInt(args[0]);
      long seed = args.length > 1 ? Long.parseLong(args[1]) : ThreadLocalRandom.current().nextInt();
      out.println("seed " + seed);
      List<ServiceFuzzer> fuzzers = run(Settings.ofProcess(), seconds, seed);
      fuzzers.forEach(fuzzer -> out.println(fuzzer.summary()));
      fuzzers.forEach(fuzzer ->
          fuzzer
              .faults()
              .forEach((fault, draft) -> err.println("FAULT " + fault + "\n      " + draft)));
      if (fuzzers.stream().anyMatch(fuzzer -> !fuzzer.faults().isEmpty())) {
        System.exit(1);
      }
    } catch (Failure failure) {
      err.println("check-api.sh: " + failure.getMessage());
      System.exit(1);
    }
  }

  private static List<ServiceFuzzer> run(Settings settings, int seconds, long seed)
      throws InterruptedException {
    var administrator = Platform.of(settings).as(settings.adminKey());
    var ids = new KnownIds();
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    List<ServiceFuzzer> fuzzers =
        Stream.of(Service.values())
            .map(service ->
                new ServiceFuzzer(
                    service,
                    settings.url(service),
                    http,
                    new Callers(administrator, ids),
                    ids,
                    new Random(seed + service.label().hashCode())))
            .toList();
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> running =
          fuzzers.stream().map(fuzzer -> threads.submit(() -> fuzzer.run(end))).toList();
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure
          ? failure
          : new IllegalStateException("the fuzzer itself failed", e.getCause());
    }
    return fuzzers;
  }
}
