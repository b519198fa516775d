package io.a2g.common.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Several clients at once. */
final class Crowd {

  static final int THREADS = 8;

  private Crowd() {}

  /** Runs something so many times, numbered from 0; a failure of any of them is thrown. */
  static void run(int times, IntConsumer action) {
    var next = new AtomicInteger();
    Runnable client =
        () -> {
          for (int n = next.getAndIncrement(); n < times; n = next.getAndIncrement()) {
            action.accept(n);
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        clients.add(CompletableFuture.runAsync(client, threads));
      }
      clients.forEach(CompletableFuture::join);
    }
  }
}
