package io.a2g.common.testkit.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Stands between two services and breaks what passes. It has its address before the service behind
 * it is started.
 */
public final class FaultProxy implements AutoCloseable {

  private static final int LONGEST_DELAY_MS = 300;
  private static final Set<String> PASSED_ON =
      Set.of("authorization", "content-type", "traceparent");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private HttpServer server;
  private volatile URI target = URI.create("http://127.0.0.1:1");
  private volatile Function<String, Fault> faults = path -> Fault.NONE;

  /** What happens to one call. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** The call never arrives. */
    REQUEST_LOST,
    /** The call arrives and has its effect; who called hears nothing. */
    ANSWER_LOST,
    /** As ANSWER_LOST, but it arrives only when who called has long given up or tried again. */
    LATE,
    /** The call arrives twice at the same time. */
    TWICE,
    /** The call has its effect at once, and the answer comes a little later. */
    SLOW,
    /** The answer comes when nobody waits any more. */
    STUCK
  }

  /** Listens on a free port. */
  public FaultProxy() {
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Where calls go from now on. */
  public void forwardTo(URI uri) {
    target = uri;
  }

  /** What happens to calls from now on, by their path. */
  public void breakWith(Function<String, Fault> chooser) {
    faults = chooser;
  }

  /** Everything passes again. */
  public void heal() {
    faults = path -> Fault.NONE;
  }

  /** Refuses connections until {@link #up}. */
  public synchronized void down() {
    server.stop(0);
  }

  /** Takes connections again. */
  public synchronized void up() {
    server = listen(port);
  }

  @Override
  public void close() {
    down();
    client.close();
  }

  private HttpServer listen(int onPort) {
    try {
      HttpServer listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
      listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      listening.createContext("/", this::handle);
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (faults.apply(exchange.getRequestURI().getPath())) {
        case NONE -> answer(exchange, forward(exchange, body));
        case REQUEST_LOST -> {}
        case ANSWER_LOST -> forward(exchange, body);
        case LATE -> Thread.startVirtualThread(() -> later(exchange, body));
        case TWICE -> {
          Thread second = Thread.startVirtualThread(() -> forwardQuietly(exchange, body));
          answer(exchange, forward(exchange, body));
          second.join();
        }
        case SLOW -> {
          HttpResponse<byte[]> response = forward(exchange, body);
          Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_DELAY_MS));
          answer(exchange, response);
        }
        case STUCK -> {
          HttpResponse<byte[]> response = forward(exchange, body);
          Thread.sleep(10_000);
          answer(exchange, response);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void later(HttpExchange exchange, byte[] body) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(3 * LONGEST_DELAY_MS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forwardQuietly(exchange, body);
  }

  private void forwardQuietly(HttpExchange exchange, byte[] body) {
    try {
      forward(exchange, body);
    } catch (IOException e) {
      // Lost; nobody waits for it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().getPath()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(response.statusCode(), response.body().length);
    exchange.getResponseBody().write(response.body());
  }
}
