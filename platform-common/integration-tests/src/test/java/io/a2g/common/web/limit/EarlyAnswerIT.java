package io.a2g.common.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.RawHttp;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** An upload, which alone is refused before its body has come: can the connection be used again? */
class EarlyAnswerIT {

  private static PeerNode node;

  @BeforeAll
  static void start() {
    node = PeerNode.start(PlatformSchema.USERS, TestDatabase.get().migrated(), Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  @Execution(CONCURRENT)
  void refusalBeforeTheBodySaysThatTheConnectionEnds() throws IOException {
    try (var http = new RawHttp(node.uri())) {
      http.send(head("Content-Length: 10", "multipart/form-data; boundary=b"));

      // Ends with the connection, not with a time-out.
      assertThat(http.answer())
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase("\r\nConnection: close\r\n");
    }
  }

  @Test
  @Execution(CONCURRENT)
  void refusalAfterTheBodyKeepsTheConnection() throws IOException {
    try (var http = new RawHttp(node.uri())) {
      http.send(
          head("Content-Length: 2", "application/json")
              + "{}"
              + head("Content-Length: 10", "multipart/form-data; boundary=b"));

      assertThat(http.answer().split("HTTP/1.1 404", -1)).hasSize(3);
    }
  }

  private static String head(String length, String type) {
    return """
    POST /internal/callers HTTP/1.1\r
    Host: a\r
    Authorization: Bearer x\r
    Content-Type: %s\r
    %s\r
    \r
    """
        .formatted(type, length);
  }
}
