package io.a2g.common.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.testkit.http.RawHttp;
import io.a2g.common.testkit.peer.FixedCredential;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Clients that hardly send anything. */
class SlowBodyIT {

  private static PeerNode node;

  @BeforeAll
  static void start() {
    node =
        PeerNode.start(
            PlatformSchema.USERS,
            TestDatabase.get().migrated(),
            Map.of("server.jetty.connection-idle-timeout", "2s"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  @Execution(CONCURRENT)
  void bodyThatDripsIsEndedWith408() throws IOException, InterruptedException {
    try (var http = new RawHttp(node.uri())) {
      http.send(head("Content-Length: 100000") + "{\"key_sha256\":\"");

      int drips = http.drip("a", Duration.ofMillis(250));

      assertThat(drips).isLessThan(100_000);
      assertThat(http.answer()).startsWith("HTTP/1.1 408").contains("\"code\":\"request_timeout\"");
    }
  }

  // Fast enough on average, and short enough: what counts is the time in all.
  @Test
  @Execution(CONCURRENT)
  void bodyWithoutCredentialThatTakesLongIsEndedWith408() throws Exception {
    try (var http = new RawHttp(node.uri())) {
      http.send("POST /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 32000\r\n\r\n");

      http.drip("a".repeat(500), Duration.ofMillis(250));

      assertThat(http.answer()).startsWith("HTTP/1.1 408").contains("\"code\":\"request_timeout\"");
    }
  }

  @Test
  @Execution(CONCURRENT)
  void bodyThatStopsIsEndedWith408() throws IOException {
    try (var http = new RawHttp(node.uri())) {
      http.send(head("Transfer-Encoding: chunked") + "5\r\n{\"key\r\n");

      assertThat(http.answer()).startsWith("HTTP/1.1 408").contains("\"code\":\"request_timeout\"");
    }
  }

  @Test
  @Execution(CONCURRENT)
  void headersThatStopEndTheConnection() throws IOException {
    try (var http = new RawHttp(node.uri())) {
      http.send("POST /internal/callers HTTP/1.1\r\nHost: a\r\nX: y");

      assertThat(http.answer()).doesNotStartWith("HTTP/1.1 2");
    }
  }

  @Test
  @Execution(CONCURRENT)
  void wholeBodyIsTaken() {
    var body = Api.json(Map.of("key_sha256", "0".repeat(64)));

    new Api(node.uri(), FixedCredential.TOKEN).send("POST", "/internal/callers", body).expect(200);
  }

  private static String head(String length) {
    return """
    POST /internal/callers HTTP/1.1\r
    Host: a\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    %s\r
    \r
    """
        .formatted(FixedCredential.TOKEN, length);
  }
}
