package io.a2g.common.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.a2g.common.database.DatabaseUrl;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.common.testkit.http.RawHttp;
import io.a2g.common.testkit.peer.PeerNode;
import io.a2g.common.topology.PlatformSchema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that wait for a client or for the database: what do they keep from others? */
@ExtendWith(OutputCaptureExtension.class)
class WaitingRequestsIT {

  private static final String LIST = "/api/v1/audit-events?limit=1";
  private static final int TURNS = 4;

  private static StallingProxy proxy;
  private static PeerNode node;
  private static MigratedDatabase database;
  private static TestUser admin;

  @BeforeAll
  static void start() throws IOException {
    database = TestDatabase.get().migrated();
    DatabaseUrl app = database.app(PlatformSchema.USERS);
    proxy = new StallingProxy(app.hostNames(), Integer.parseInt(app.ports()));
    String url = app.jdbcUrl().replace(":" + app.ports() + "/", ":" + proxy.port() + "/");
    assertThat(url).isNotEqualTo(app.jdbcUrl());
    node =
        PeerNode.start(
            PlatformSchema.USERS,
            database,
            Map.of(
                "spring.datasource.url",
                url,
                "A2G_REQUEST_DEADLINE",
                "2s",
                "A2G_RATE_LIMIT_FAILURES",
                "0",
                "platform.limits.concurrent-requests",
                Integer.toString(TURNS)));
    admin = new TestUsers(database).admin();
  }

  @AfterAll
  static void stop() throws IOException {
    node.close();
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Authorization: Bearer x\r\n", "X-API-Key: x\r\n"})
  void bodiesThatDoNotComeTakeNoTurn(String credential) throws IOException {
    List<RawHttp> silent = new ArrayList<>();
    for (int i = 0; i < 3 * TURNS; i++) {
      silent.add(new RawHttp(node.uri()).send(head("/api/v1/audit-events", credential, 50) + "{"));
    }

    assertThat(asAdmin().get(LIST).status()).isEqualTo(200);

    for (RawHttp each : silent) {
      each.close();
    }
  }

  @Test
  void bodyThatIsTooLongAndStopsIs413() throws IOException {
    try (var http = new RawHttp(node.uri())) {
      http.send(head("/api/v1/audit-events", "Authorization: Bearer x\r\n", 2_000_000) + "{");

      assertThat(http.answer())
          .startsWith("HTTP/1.1 413")
          .contains("\"code\":\"content_too_large\"")
          .containsIgnoringCase("\r\nConnection: close\r\n");
    }
  }

  @Test
  void bodyWithoutCredentialMayHaveAFewKilobytes() {
    Api anonymous = new Api(node.uri(), null);

    anonymous
        .post("/api/v1/audit-events", "x".repeat(30_000))
        .expectProblem(401, "unauthenticated");
    anonymous
        .post("/api/v1/audit-events", "x".repeat(40_000))
        .expectProblem(413, "content_too_large");
  }

  @Test
  void statementIsCancelledBeforeTheDeadline() throws Exception {
    try (Connection other = database.connect();
        Statement sql = other.createStatement()) {
      asAdmin().get(LIST).expect(200);
      other.setAutoCommit(false);
      sql.execute("LOCK TABLE users.audit_events IN ACCESS EXCLUSIVE MODE");

      Answer answer = asAdmin().get(LIST);

      answer.expectProblem(503, "unavailable");
      assertThat(answer.text()).contains("The database took too long");
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(waiting(sql)).isZero();
    }
  }

  @Test
  void stoppedDatabaseIs503AtTheDeadlineAndServesAgainAfterwards() throws Exception {
    try (Connection other = database.connect();
        Statement sql = other.createStatement()) {
      asAdmin().get(LIST).expect(200);
      other.setAutoCommit(false);
      sql.execute("LOCK TABLE users.audit_events IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> asAdmin().get(LIST));
      while (waiting(sql) == 0) {
        Thread.onSpinWait();
      }
      proxy.stall();

      answer.join().expectProblem(503, "unavailable");

      assertThat(answer.join().header("Retry-After")).isEqualTo("5");
    } finally {
      proxy.goOn();
    }
    asAdmin().get(LIST).expect(200);
  }

  @Test
  void rollbackOverAConnectionThatIsGoneIsNotLoggedAsAnError(CapturedOutput output) {
    assertThatException()
        .isThrownBy(() ->
            node.inTransaction(() ->
                node.sql()
                    .sql("SELECT pg_terminate_backend(pg_backend_pid())")
                    .query(Boolean.class)
                    .single()));

    assertThat(output.getAll()).doesNotContain("rollback exception", " ERROR ");
  }

  private static int waiting(Statement sql) throws SQLException {
    try (var rows =
        sql.executeQuery(
            """
            SELECT count(*) FROM pg_locks
            WHERE NOT granted AND relation = 'users.audit_events'::regclass
            """)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Api asAdmin() {
    return new Api(node.uri(), admin.key());
  }

  private static String head(String path, String credential, int length) {
    return """
    POST %s HTTP/1.1\r
    Host: a\r
    %sContent-Type: application/json\r
    Content-Length: %d\r
    \r
    """
        .formatted(path, credential, length);
  }
}
