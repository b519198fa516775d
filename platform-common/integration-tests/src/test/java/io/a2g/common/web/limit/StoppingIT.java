package io.a2g.common.web.limit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.peer.FixedCredential;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service that stops while a body is still coming. */
@ExtendWith(OutputCaptureExtension.class)
class StoppingIT {

  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  // Longer than Jetty leaves idle connections when it stops, unless told otherwise.
  private static final Duration PAUSE = Duration.ofMillis(1500);

  @Test
  void bodyUnderWayMayPauseAndIsStillAnswered(CapturedOutput output) throws Exception {
    PeerNode node = PeerNode.start(PlatformSchema.USERS, TestDatabase.get().migrated(), Map.of());
    String body = "{\"key_sha256\":\"" + "0".repeat(64) + "\"}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.uri().getPort())) {
      send(
          socket,
          """
          POST /internal/callers HTTP/1.1\r
          Host: a\r
          Connection: close\r
          Expect: 100-continue\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          """
              .formatted(FixedCredential.TOKEN, body.length()));
      assertThat(socket.getInputStream().readNBytes(CONTINUE.length()))
          .asString(US_ASCII)
          .isEqualTo(CONTINUE);
      CompletableFuture<Void> stop = CompletableFuture.runAsync(node::close);
      while (!output.getOut().contains("Commencing graceful shutdown")) {
        Thread.onSpinWait();
      }

      Thread.sleep(PAUSE);
      send(socket, body);

      assertThat(socket.getInputStream().readAllBytes())
          .asString(US_ASCII)
          .startsWith("HTTP/1.1 200");
      stop.join();
    }
  }

  private static void send(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }
}
