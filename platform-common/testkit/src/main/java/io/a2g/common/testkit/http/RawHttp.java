package io.a2g.common.testkit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends what no HTTP client would send, and as slowly as wanted. */
public final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  /** Connects to a service on this machine. */
  public RawHttp(URI service) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends one request whole; returns the answer, headers included. */
  public static String exchange(URI service, String request) throws IOException {
    try (var http = new RawHttp(service)) {
      http.send(request);
      http.socket.shutdownOutput();
      return http.answer();
    }
  }

  /** Sends text as it is, one byte per character. */
  public RawHttp send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a text again and again until the service answers; returns how often. */
  public int drip(String text, Duration pause) throws IOException, InterruptedException {
    int sent = 0;
    while (socket.getInputStream().available() == 0) {
      send(text);
      sent++;
      Thread.sleep(pause);
    }
    return sent;
  }

  /** What the service sends until it closes the connection. */
  public String answer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketException reset) {
      // The service closed before it had read everything: what came before is the answer.
      if (bytes.size() == 0) {
        throw reset;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
