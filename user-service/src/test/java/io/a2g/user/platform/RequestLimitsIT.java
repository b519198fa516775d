package io.a2g.user.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What platform-common refuses for every service, shown on this one. */
class RequestLimitsIT extends PlatformIT {

  private static final int LIMIT = 1024 * 1024;

  @Test
  void bodyOverTheLimitIs413() {
    String body = "{\"username\": \"" + "x".repeat(LIMIT) + "\"}";

    as(users().admin()).post("/api/v1/users", body).expectProblem(413, "content_too_large");
  }

  @Test
  void bodyOverTheLimitWithoutDeclaredLengthIs413() throws IOException {
    TestUser admin = users().admin();

    String answer = chunked(admin, LIMIT + 100_000);

    assertThat(answer).startsWith("HTTP/1.1 413").contains("content_too_large");
  }

  @Test
  void deeplyNestedBodyIs400() {
    String body = "{\"username\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    as(users().admin()).post("/api/v1/users", body).expectProblem(400, "invalid_body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/yaml", "application/xml", "nonsense"})
  void otherMediaTypesAre415(String type) {
    TestUser admin = users().admin();

    var answer =
        as(admin)
            .send(
                "POST",
                "/api/v1/users",
                new Api.Body(type, "username: x".getBytes(StandardCharsets.UTF_8)));

    answer.expectProblem(415, "unsupported_media_type");
  }

  @Test
  void wrongMethodIs405WithAllow() {
    var answer = as(users().admin()).send("DELETE", "/api/v1/users", null);

    answer.expectProblem(405, "method_not_allowed");
    assertThat(answer.header("Allow")).contains("GET").contains("POST");
  }

  @Test
  void everythingElseIsDenied() {
    TestUser user = users().user();

    as(user).get("/api/v1/nothing").expectProblem(404, "not_found");
    as(user).get("/actuator/metrics").expectProblem(403, "forbidden");
    anonymous().get("/actuator/metrics").expectProblem(401, "unauthenticated");
    anonymous().get("/api/v1/nothing").expectProblem(401, "unauthenticated");
    as(user).get("/actuator/env").expectProblem(403, "forbidden");
    as(users().admin()).get("/actuator/metrics").expect(200);
  }

  @Test
  void healthAndDocumentationAreOpen() {
    anonymous().get("/actuator/health/liveness").expect(200);
    anonymous().get("/actuator/health/readiness").expect(200);
    anonymous().get("/v3/api-docs").expect(200);
    anonymous().get("/swagger-ui/index.html").expect(200);
  }

  @Test
  void tracesAreContinuedAndReturned() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    var answer =
        anonymous()
            .get("/api/v1/users", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .expectProblem(401, "unauthenticated");

    assertThat(answer.at("/trace_id").asString()).isEqualTo(trace);
    assertThat(answer.header("traceparent")).startsWith("00-" + trace);
    assertThat(answer.header("X-Request-Id")).isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/users/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /api/v1/users;x=1/me HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET //api/v1/users HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /api/v1/users%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /actuator/health/liveness?x=%FF HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /actuator/health/liveness?% HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /oauth2/token HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=%FF",
        "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
      })
  void brokenRequestsGetAProblemAndNoPage(String request) throws IOException {
    String answer = raw(request.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    assertThat(answer).doesNotContain("<html", "Jetty", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%", "%ZZ", "%C3%28", "%C0%AF", "%ED%A0%80"})
  void brokenQueryIs400(String value) throws IOException {
    String request =
        "GET /api/v1/users?q=%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(value, users().admin().key());

    assertThat(raw(request.getBytes(StandardCharsets.ISO_8859_1)))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%C3%28", "%C0%AF", "%ED%A0%80"})
  void brokenPathIs400(String value) throws IOException {
    String request =
        "GET /api/v1/users/%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(value, users().admin().key());

    assertThat(raw(request.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7B22757365726E616D655F656E223A22C0AF227D", // a slash in two bytes
        "7B22757365726E616D655F656E223A22E080AF227D", // in three
        "7B22757365726E616D655F656E223A22EDA080227D", // half of a surrogate pair
        "7B22757365726E616D655F656E223A22F4908080227D", // beyond Unicode
        "7B22757365726E616D655F656E223A22C3227D", // ends too early
        "EFBBBF7B7D", // byte order mark
        "FEFF007B007D", // UTF-16
        "FFFE7B007D00",
        "007B007D",
        "7B007D00",
        "7B002200D8002200", // with half of a surrogate pair
        "0000007B0000007D", // UTF-32
        "7B0000007D000000",
      })
  void bodyThatIsNotUtf8Is400(String hex) {
    var body = new Api.Body("application/json", HexFormat.of().parseHex(hex));

    as(users().user()).send("PATCH", "/api/v1/users/me", body).expectProblem(400, "malformed_json");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json-patch+json, '[{\"op\":\"remove\",\"path\":\"/email\"}]'",
    "application/json-patch+json, {}",
    "application/geo+json, {}",
    "application/json;charset=UTF-16, {}",
    "application/json;charset=ISO-8859-1, {}",
    "text/json, {}"
  })
  void whatOnlyLooksLikeJsonIs415(String type, String text) {
    var body = new Api.Body(type, text.getBytes(StandardCharsets.UTF_8));

    as(users().user())
        .send("PATCH", "/api/v1/users/me", body)
        .expectProblem(415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "application/merge-patch+json"
      })
  void typesOfAMergePatchAreTaken(String type) {
    var body = new Api.Body(type, "{\"username_en\":\"A\"}".getBytes(StandardCharsets.UTF_8));

    as(users().user()).send("PATCH", "/api/v1/users/me", body).expect(200);
  }

  @Test
  void lengthsCountCharacters() {
    TestUser user = users().user();
    String longest = "\ud83d\ude42".repeat(100);

    as(user).patch("/api/v1/users/me", Api.object("username_en", longest)).expect(200);
    as(user)
        .patch("/api/v1/users/me", Api.object("username_en", longest + "x"))
        .expectProblem(422, "validation_failed", "username_en");
    as(users().admin())
        .get("/api/v1/users?q=" + URLEncoder.encode(longest, StandardCharsets.UTF_8))
        .expect(200);
  }

  @Test
  void textIsComposedOnItsWayIn() {
    String apart = "Cafe\u0301 \u1112\u1161\u11ab";
    String composed = "Caf\u00e9 \ud55c";
    TestUser user = users().user();

    as(user).patch("/api/v1/users/me", Api.object("username_en", apart + user.id())).expect(200);

    assertThat(as(user).get("/api/v1/users/me").at("/username_en").asString())
        .isEqualTo(composed + user.id());
    assertThat(
            as(users().admin())
                .get(
                    "/api/v1/users?q="
                        + URLEncoder.encode(apart + user.id(), StandardCharsets.UTF_8))
                .at("/items"))
        .hasSize(1);
  }

  @Test
  void bodyInAnotherCodingIs415() {
    as(users().admin())
        .send(
            "POST",
            "/api/v1/users",
            Api.json(Api.object("username", "zipped")),
            "Content-Encoding",
            "gzip")
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  void hugeHeadersGetAProblem() throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(40_000) + "\r\n\r\n";

    assertThat(raw(request.getBytes(StandardCharsets.ISO_8859_1)))
        .startsWith("HTTP/1.1 431")
        .contains("application/problem+json");
  }

  // Many short fields: one long value would meet the limit on values first.
  private String chunked(TestUser user, int bytes) throws IOException {
    String value = "x".repeat(1_000);
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; body.length() < bytes; i++) {
      body.append('"').append(i).append("\":\"").append(value).append("\",");
    }
    String request =
        """
        PATCH /api/v1/users/me HTTP/1.1\r
        Host: a\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Transfer-Encoding: chunked\r
        \r
        %s\r
        %s\r
        0\r
        \r
        """
            .formatted(user.key(), Integer.toHexString(body.length()), body);
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String raw(byte[] request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), anonymous().base().getPort())) {
      socket.setSoTimeout(10_000);
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  socket.getOutputStream().write(request);
                  socket.getOutputStream().flush();
                  socket.shutdownOutput();
                } catch (IOException e) {
                  // The service answered and closed before it read everything: that is its right.
                  assertThat(e).isNotNull();
                }
              });
      byte[] answer = readUntilClosed(socket);
      writer.interrupt();
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  private static byte[] readUntilClosed(Socket socket) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        bytes.write(buffer, 0, n);
      }
    } catch (java.net.SocketException reset) {
      // What arrived before the reset is the answer.
      assertThat(bytes.size()).isPositive();
    }
    return bytes.toByteArray();
  }
}
