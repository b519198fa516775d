package io.a2g.user.account;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.RunningService;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import io.a2g.user.UserServiceApplication;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What people without an account may do, and how often. It needs a database of its own, because in
 * the shared one others sign up too. All tests call from one address, whose limits they use up one
 * after the other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrangersIT {

  private static final int ROOM = 5;
  private static final int FAILURES = 1;

  private static MigratedDatabase database;
  private static RunningService service;
  private static Api api;

  @BeforeAll
  static void start() {
    database = TestDatabase.get().migrated("strangers");
    service =
        RunningService.start(
            UserServiceApplication.class,
            database,
            "--A2G_SIGN_UP_MAX_PENDING=" + ROOM,
            "--A2G_RATE_LIMIT_FAILURES=" + FAILURES,
            "--A2G_RATE_LIMIT_ANONYMOUS=600");
    api = service.api();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  @Order(1)
  void manyAtOnceFillTheRoomExactlyAndADecisionMakesRoom() throws SQLException {
    Api admin = api.as(new TestUsers(database).admin().key());
    List<CompletableFuture<Answer>> strangers =
        IntStream.range(0, 4 * ROOM)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> signUp("stranger" + i)))
            .toList();

    List<Answer> answers = strangers.stream().map(CompletableFuture::join).toList();

    List<Answer> in = answers.stream().filter(answer -> answer.status() == 201).toList();
    assertThat(in).hasSize(ROOM);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> {
          answer.expectProblem(503, "unavailable");
          assertThat(answer.header("Retry-After")).isEqualTo("3600");
        });
    admin.post("/api/v1/users/" + in.getFirst().id() + "/approve", "").expect(200);
    signUp("late").expect(201);
    signUp("later").expectProblem(503, "unavailable");

    removeExpired(in.get(1).id());
    signUp("later").expect(201);
    admin.get("/api/v1/users/" + in.get(1).id()).expect(200);
    admin.post("/api/v1/users/" + in.get(1).id() + "/restore", "").expect(200);

    List<Long> pending = in.stream().skip(1).map(Answer::id).sorted().toList();
    Answer rejected =
        admin
            .post("/api/v1/users/rejections", object("ids", pending, "reason", "strangers"))
            .expect(200);
    assertThat(rejected.at("/rejected").valueStream().map(id -> id.asLong()).toList())
        .isEqualTo(pending);
  }

  @Test
  @Order(2)
  void guessedKeysLockOutNeitherClientsNorTheSignInPage() {
    Api admin = api.as(new TestUsers(database).admin().key());
    String secret =
        admin
            .post(
                "/api/v1/oauth-clients",
                object(
                    "client_id",
                    "strangers-client",
                    "name",
                    "Test",
                    "confidential",
                    true,
                    "grant_types",
                    List.of("client_credentials"),
                    "scopes",
                    List.of("agents:read")))
            .expect(201)
            .at("/client_secret")
            .asString();

    refused(() -> api.as("a2g_" + "0".repeat(36)).get("/api/v1/users/me"));

    api.get("/oauth2/jwks").expect(200);
    Api guessing = api.as("a2g_" + "1".repeat(36));
    guessing.get("/oauth2/jwks").expect(200);
    guessing.get("/api/v1/users/me").expectProblem(429, "rate_limited");
    api.get("/sign-in").expect(200);
    token("Authorization", basic(secret)).expect(200);
    refused(() -> token("Authorization", basic("wrong")));
    token("Authorization", basic(secret)).expect(200);
    admin.get("/api/v1/users/me").expect(200);
  }

  @Test
  @Order(3)
  void strangerMayReadOftenAndWriteSeldom() {
    Answer last = refused(() -> api.post("/%61pi/v1/leaked-keys", object("keys", List.of("x"))));

    assertThat(last.header("RateLimit-Policy")).isEqualTo("\"anonymous\";q=600;w=60");
    assertThat(last.header("Retry-After")).isNotBlank();
    api.get("/actuator/health").expect(200);
    api.get("/oauth2/jwks").expect(200);
  }

  // A failure counts when its answer is on the way already, so the next request may be faster.
  private static Answer refused(Supplier<Answer> request) {
    return Stream.generate(request)
        .limit(31)
        .filter(answer -> answer.status() == 429)
        .findFirst()
        .orElseThrow();
  }

  private static Answer signUp(String name) {
    return api.post("/api/v1/sign-ups", object("username", name));
  }

  private static Answer token(String... headers) {
    return api.send(
        "POST",
        "/oauth2/token",
        new Api.Body(
            "application/x-www-form-urlencoded",
            "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8)),
        headers);
  }

  private static String basic(String secret) {
    byte[] pair = ("strangers-client:" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static void removeExpired(long user) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE users.users SET sign_up_expires_at = now() WHERE id = " + user);
    }
    service.context().getBean(SignUpCleanup.class).run();
  }
}
