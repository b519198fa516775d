package io.a2g.common.headers;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HardeningIT {

  private static final String LIST = "/api/v1/audit-events?limit=1";
  private static final String PORTAL = "https://portal.example";
  private static final MigratedDatabase DATABASE = TestDatabase.get().migrated();

  private static PeerNode node;
  private static PeerNode closed;
  private static TestUser admin;
  private static TestUser user;

  @BeforeAll
  static void start() {
    node =
        PeerNode.start(
            PlatformSchema.USERS,
            DATABASE,
            Map.of(
                "A2G_CORS_ORIGINS", PORTAL + ", http://localhost:3000",
                "A2G_RATE_LIMIT_FAILURES", "0",
                "management.endpoints.web.exposure.include", "*",
                "A2G_TRUSTED_PROXIES", "127.0.0.1"));
    closed = PeerNode.start(PlatformSchema.USERS, DATABASE, Map.of());
    admin = new TestUsers(DATABASE).admin();
    user = new TestUsers(DATABASE).user();
  }

  @AfterAll
  static void stop() {
    node.close();
    closed.close();
  }

  private static Api as(TestUser caller) {
    return new Api(node.uri(), caller.key());
  }

  private static Api anonymous() {
    return new Api(node.uri(), null);
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    List<Answer> answers =
        List.of(
            as(admin).get(LIST).expect(200),
            as(user).get(LIST).expect(403),
            anonymous().get(LIST).expect(401),
            as(admin).get("/api/v1/nothing").expect(404),
            as(admin).send("DELETE", "/api/v1/audit-events", null).expect(405),
            as(admin).post("/api/v1/audit-events", "x".repeat(2_000_000)).expect(413),
            anonymous().get("/api/v1/users;x=1").expect(400),
            anonymous().get("/actuator/health").expect(200),
            anonymous().get("/v3/api-docs").expect(200),
            anonymous().get("/swagger-ui/index.html").expect(200));

    assertThat(answers)
        .allSatisfy(answer -> {
          SecurityHeaders.CONSTANT.forEach((name, value) ->
              assertThat(answer.response().headers().allValues(name))
                  .as(name + " of " + answer.response().uri())
                  .containsExactly(value));
          assertThat(answer.response().headers().allValues("Content-Security-Policy"))
              .singleElement()
              .asString()
              .contains("default-src 'none'", "frame-ancestors 'none'");
          assertThat(answer.header("Server")).isNull();
          assertThat(answer.header("X-Powered-By")).isNull();
          assertThat(answer.header("Strict-Transport-Security")).isNull();
        });
    assertThat(answers.getFirst().header("Cache-Control")).contains("no-store");
  }

  @Test
  void answersOfTheServerItselfHaveThemToo() throws IOException {
    String answer = RawHttp.exchange(node.uri(), "nonsense\r\n\r\n").toLowerCase(Locale.ROOT);

    assertThat(answer)
        .startsWith("http/1.1 400")
        .contains("x-content-type-options: nosniff", "frame-ancestors 'none'", "no-store")
        .doesNotContain("\r\nserver:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x%00y", "a%2Fb"})
  void answerToAnUnreadableAddressSaysThatItEndsTheConnection(String id) throws IOException {
    String answer =
        RawHttp.exchange(
                node.uri(), "GET /api/v1/users/" + id + " HTTP/1.1\r\nHost: a2g.example\r\n\r\n")
            .toLowerCase(Locale.ROOT);

    assertThat(answer).startsWith("http/1.1 400").contains("connection: close");
  }

  @Test
  void browsersAreToldToStayOnHttpsOverHttpsOnly() {
    Answer answer = as(admin).get(LIST, "X-Forwarded-Proto", "https").expect(200);

    assertThat(answer.response().headers().allValues("Strict-Transport-Security"))
        .containsExactly("max-age=31536000");
  }

  @Test
  void swaggerUiNeedsNothingThatItsPolicyForbids() {
    Answer page = anonymous().get("/swagger-ui/index.html").expect(200);

    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self'", "connect-src 'self'")
        .doesNotContain("script-src 'self' 'unsafe-inline'");
    assertThat(page.text()).doesNotContainPattern("(?i)<script(?![^>]*\\bsrc=)[^>]*>|\\son\\w+=");
    List<String> sources =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page.text())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(sources).hasSizeGreaterThan(3).noneMatch(source -> source.contains("//"));
    sources.forEach(
        source -> anonymous().get("/swagger-ui/" + source.replaceFirst("^\\./", "")).expect(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {PORTAL, "http://localhost:3000"})
  void pagesOfConfiguredOriginsMayCallWithoutCookies(String origin) {
    Answer preflight =
        anonymous()
            .send(
                "OPTIONS",
                LIST,
                null,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization")
            .expect(200);
    Answer answer = as(admin).get(LIST, "Origin", origin).expect(200);

    assertThat(Stream.of(preflight, answer))
        .allSatisfy(each -> {
          assertThat(each.header("Access-Control-Allow-Origin")).isEqualTo(origin);
          assertThat(each.header("Access-Control-Allow-Credentials")).isNull();
          assertThat(each.header("Vary")).contains("Origin");
        });
    assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "RateLimit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://portal.example.evil.test",
        "http://portal.example",
        "https://portal.example:8443",
        "null",
        "https://evil.test"
      })
  void pagesOfOtherOriginsMayNot(String origin) {
    Answer answer = as(admin).get(LIST, "Origin", origin).expect(403);

    assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
  }

  @Test
  void withoutConfiguredOriginsNoPageMayCall() {
    Api api = new Api(closed.uri(), admin.key());

    Answer answer = api.get(LIST, "Origin", PORTAL).expect(200);
    Answer preflight =
        api.as(null)
            .send("OPTIONS", LIST, null, "Origin", PORTAL, "Access-Control-Request-Method", "GET");

    assertThat(preflight.status()).isEqualTo(401);
    assertThat(Stream.of(answer, preflight))
        .allMatch(each -> each.header("Access-Control-Allow-Origin") == null);
  }

  @ParameterizedTest
  @CsvSource({"TRACE, 405", "TRACK, 501", "PROPFIND, 501", "FOO, 501", "get, 501"})
  void oddMethodsAreRefusedAndNothingIsEchoed(String method, int status) throws IOException {
    String answer =
        RawHttp.exchange(
            node.uri(),
            """
            %s /api/v1/audit-events HTTP/1.1\r
            Host: a\r
            Authorization: Bearer %s\r
            X-Canary: canary\r
            Connection: close\r
            \r
            """
                .formatted(method, admin.key()));

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("application/problem+json")
        .doesNotContain("canary", admin.key());
    assertThat(answer.contains("Allow: GET, HEAD, POST")).isEqualTo(status == 405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /actuator/health HTTP/1.1\nHost: a\r\n\r\n",
        "GET /actuator/health HTTP/1.1\r\nHost: a\n\r\n",
        "GET /actuator/health HTTP/1.1\r\nHost: a\r\n\n",
        "POST /api/v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\n{\r\n0\r\n\r\n"
      })
  void bareLineFeedsAre400(String request) throws IOException {
    assertThat(RawHttp.exchange(node.uri(), request)).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_key=%s", "access_token=%s", "limit=1&x=%s", "X-API-Key=abc%.0s"})
  void credentialInTheAddressIsRefusedAndNotLogged(String query, CapturedOutput output) {
    Answer answer = anonymous().get("/api/v1/audit-events?" + query.formatted(admin.key()));

    answer.expectProblem(400, "invalid_request");
    assertThat(answer.text()).contains("Authorization").doesNotContain(admin.key());
    assertThat(output.getAll()).doesNotContain(admin.key());
  }

  @Test
  void percentEncodedKeyInTheAddressIsRefused() {
    as(admin)
        .get("/api/v1/audit-events?x=" + admin.key().replace("_", "%5F"))
        .expectProblem(400, "invalid_request");
  }

  @Test
  void onlyHealthOfTheActuatorIsOpen() {
    List<String> paths =
        node.bean(PathMappedEndpoints.class).getAllPaths().stream()
            .filter(path -> !path.startsWith("/actuator/health"))
            .toList();

    assertThat(paths).contains("/actuator/metrics", "/actuator/env", "/actuator/loggers");
    assertThat(Stream.concat(paths.stream(), Stream.of("/actuator", "/actuator/env/x")))
        .allSatisfy(path -> {
          anonymous().get(path).expectProblem(401, "unauthenticated");
          as(user).get(path).expectProblem(403, "forbidden");
        });
    as(admin).get("/actuator/metrics").expect(200);
    assertThat(anonymous().get("/actuator/health").expect(200).text())
        .doesNotContain("components", "details");
  }
}
