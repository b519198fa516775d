package io.a2g.systemtest.bench;

import io.a2g.systemtest.Attachment;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import io.a2g.systemtest.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/**
 * What clients that hardly send or read anything cost others: the same reads of one user, quiet and
 * beside 200 connections that are silent after one byte of a body, 200 that drip one, and 50 that
 * hardly read a download. Half of the silent ones have no credential.
 *
 * <p>Environment: where the platform is and the administrator's key, as for the demo; BENCH_ROUNDS
 * (quiet and loaded in turn), BENCH_SECONDS (of each). Argument: the file for the figures.
 */
public final class Waiting {

  private static final int SILENT = 200;
  private static final int DRIPPING = 200;
  private static final int READERS = 50;
  // More than sockets keep by themselves.
  private static final int DOWNLOAD_BYTES = 16 * 1024 * 1024;
  private static final int SMALLEST_BUFFER = 4096;
  private static final int PATIENCE_MILLIS = 30_000;

  private static final int CLIENTS = 4;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration DRIP = Duration.ofMillis(200);

  private static final String FILES = "/api/v1/files";

  private final Settings settings;
  private final Platform admin;
  private final Platform other;
  private final Duration time;
  private volatile boolean over;

  private Waiting(Settings settings) {
    this.settings = settings;
    this.admin = Platform.of(settings).as(settings.adminKey());
    this.time = Duration.ofSeconds(settings.number("BENCH_SECONDS", 15));
    JsonNode user =
        admin
            .post(
                Service.USER,
                "/api/v1/users",
                Json.object("username", "waiting-" + Instant.now().toEpochMilli(), "role", "USER"))
            .expect(201)
            .json();
    JsonNode key =
        admin
            .post(
                Service.USER,
                "/api/v1/api-keys",
                Json.object("name", "waiting", "user_id", user.path("id").asLong()))
            .expect(201)
            .json();
    this.other = admin.as(key.path("key").asString());
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.ofProcess();
    JsonNode figures = new Waiting(settings).run(settings.number("BENCH_ROUNDS", 3));
    Files.writeString(Path.of(arguments[0]), figures + "\n");
  }

  /** Prints a table, and returns the figures. */
  private JsonNode run(int rounds) throws InterruptedException {
    long file =
        admin
            .post(Service.CHAT, FILES, new Attachment("long.txt", "text/plain", text(), null))
            .expect(201)
            .json()
            .path("id")
            .asLong();
    measure();
    System.out.printf(
        "%-7s %9s %9s %9s %9s %6s%n", "", "requests", "p50 ms", "p99 ms", "max ms", "not 200");
    List<Map<String, Object>> figures = new ArrayList<>();
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Sample quiet = measure();
      Sample loaded = beside(file);
      ratios[i] = loaded.quantile(99) / quiet.quantile(99);
      figures.add(quiet.print("quiet"));
      figures.add(loaded.print("loaded"));
    }
    Arrays.sort(ratios);
    double median = ratios[rounds / 2];
    System.out.printf("p99 loaded to quiet: %.2f (median of %d)%n", median, rounds);
    var all = new LinkedHashMap<String, Object>();
    all.put("measured_at", Instant.now());
    all.put("samples", figures);
    all.put("p99_loaded_to_quiet", median);
    return Json.of(all);
  }

  private Sample beside(long file) throws InterruptedException {
    over = false;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < SILENT; i++) {
      String credential = i % 2 == 0 ? "" : credential();
      threads.add(again(() -> silent(credential)));
    }
    for (int i = 0; i < DRIPPING; i++) {
      threads.add(again(this::drip));
    }
    for (int i = 0; i < READERS; i++) {
      threads.add(again(() -> read(file)));
    }
    Sample sample = measure();
    over = true;
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    return sample;
  }

  private Thread again(Client client) {
    return Thread.ofVirtual()
        .start(() -> {
          while (!over) {
            try {
              client.run();
            } catch (IOException e) {
              // The service ended it: the next one comes.
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
  }

  private void silent(String credential) throws IOException {
    try (Socket socket = connect()) {
      send(socket, post(credential) + "{");
      socket.getInputStream().readAllBytes();
    }
  }

  private void drip() throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      send(socket, post(credential()));
      while (!over && socket.getInputStream().available() == 0) {
        send(socket, " ");
        Thread.sleep(DRIP);
      }
    }
  }

  private void read(long file) throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      send(
          socket,
          "GET %s/%d/content HTTP/1.1\r\nHost: a\r\n%s\r\n".formatted(FILES, file, credential()));
      while (!over && socket.getInputStream().read() >= 0) {
        Thread.sleep(DRIP);
      }
    }
  }

  private String credential() {
    return "Authorization: Bearer " + settings.adminKey() + "\r\n";
  }

  private static String post(String credential) {
    return "POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: 1000\r\n"
        + credential
        + "\r\n";
  }

  private Socket connect() throws IOException {
    URI service = URI.create(settings.url(Service.CHAT));
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALLEST_BUFFER);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] text() {
    return "x".repeat(DOWNLOAD_BYTES).getBytes(StandardCharsets.US_ASCII);
  }

  private Sample measure() throws InterruptedException {
    Sample sample = new Sample();
    long end = System.nanoTime() + time.toNanos();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofPlatform().start(() -> callUntil(end, sample)));
    }
    for (Thread client : clients) {
      client.join();
    }
    return sample;
  }

  private void callUntil(long end, Sample sample) {
    try {
      while (System.nanoTime() < end) {
        long began = System.nanoTime();
        int status = other.get(Service.CHAT, FILES + "?limit=1").status();
        sample.add(System.nanoTime() - began, status);
        Thread.sleep(PACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @FunctionalInterface
  private interface Client {
    void run() throws IOException, InterruptedException;
  }

  /** Times of answers. */
  private static final class Sample {

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();

    void add(long took, int status) {
      nanos.add(took);
      if (status != 200) {
        failures.add(status);
      }
    }

    /** In ms. */
    double quantile(int percent) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted[(int) ((long) percent * (sorted.length - 1) / 100)] / 1e6;
    }

    Map<String, Object> print(String name) {
      System.out.printf(
          "%-7s %9d %9.1f %9.1f %9.1f %6d%n",
          name, nanos.size(), quantile(50), quantile(99), quantile(100), failures.size());
      var figures = new LinkedHashMap<String, Object>();
      figures.put("kind", name);
      figures.put("requests", nanos.size());
      figures.put("p50_ms", quantile(50));
      figures.put("p99_ms", quantile(99));
      figures.put("max_ms", quantile(100));
      figures.put("not_200", failures.size());
      return figures;
    }
  }
}
