package io.a2g.user.oauth;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators do: register clients, change their secrets, rotate signing keys. */
class RegistrationIT extends PlatformIT {

  private static final String CLIENTS = "/api/v1/oauth-clients";
  private static final String KEYS = "/api/v1/signing-keys";

  private TestUser admin;

  @BeforeEach
  void makeAdministrator() {
    admin = users().admin();
  }

  @Test
  void secretIsShownOnceAndKeptHashed() throws SQLException {
    TestClient client = TestClient.service(as(admin), "users:read");

    Answer read = as(admin).get(CLIENTS + "/" + client.id()).expect(200);
    assertThat(read.at("/client_secret").isMissingNode()).isTrue();
    assertThat(as(admin).get(CLIENTS + "?limit=200").expect(200).text())
        .contains(client.clientId())
        .doesNotContain(client.secret());
    assertThat(
            as(admin)
                .get("/api/v1/audit-events?resource_type=oauth_client&resource_id=" + client.id())
                .text())
        .contains("oauth_client.registered")
        .doesNotContain(client.secret());
    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                "SELECT count(*) FROM users.oauth_clients c WHERE c::text LIKE '%' || ? || '%'")) {
      statement.setString(1, client.secret());
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).isZero();
      }
    }
  }

  @Test
  void newSecretReplacesTheOldOneAtOnce() {
    TestClient client = TestClient.service(as(admin), "users:read");
    client.token("grant_type", "client_credentials").expect(200);

    String secret =
        as(admin)
            .post(CLIENTS + "/" + client.id() + "/secret", object())
            .expect(200)
            .at("/client_secret")
            .asString();

    client.token("grant_type", "client_credentials").expect(401);
    client.withSecret(secret).token("grant_type", "client_credentials").expect(200);
    TestClient open = TestClient.forUsers(as(admin), false, false);
    as(admin).post(CLIENTS + "/" + open.id() + "/secret", object()).expectProblem(409, "conflict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://client.example/callback",
        "https://client.example/callback#fragment",
        "https://*.example/callback",
        "https://user@client.example/callback",
        "javascript:alert(1)",
        "/callback",
        "https:///callback",
        "http://127.0.0.1.evil.example/callback"
      })
  void insecureRedirectUriIsRefused(String uri) {
    as(admin)
        .post(CLIENTS, client(Map.of("redirect_uris", List.of(uri))))
        .expectProblem(422, "validation_failed", "redirect_uris");
  }

  @Test
  void loopbackIsAccepted() {
    as(admin)
        .post(
            CLIENTS,
            client(
                Map.of(
                    "redirect_uris",
                    List.of("http://127.0.0.1:3000/cb", "http://[::1]/cb", "http://localhost/cb"))))
        .expect(201);
  }

  @Test
  void clientThatCannotBeIsRefused() {
    as(admin)
        .post(CLIENTS, client(Map.of("scopes", List.of("openid", "internal"))))
        .expectProblem(422, "validation_failed", "scopes");
    as(admin)
        .post(CLIENTS, client(Map.of("scopes", List.of("everything"))))
        .expectProblem(422, "validation_failed", "scopes");
    as(admin)
        .post(CLIENTS, client(Map.of("redirect_uris", List.of())))
        .expectProblem(422, "validation_failed", "redirect_uris");
    as(admin)
        .post(
            CLIENTS,
            client(
                Map.of(
                    "confidential",
                    false,
                    "grant_types",
                    List.of("client_credentials"),
                    "redirect_uris",
                    List.of(),
                    "scopes",
                    List.of("users:read"))))
        .expectProblem(422, "validation_failed", "grant_types");
    as(admin)
        .post(CLIENTS, client(Map.of("client_id", "UPPER CASE\r\n")))
        .expectProblem(422, "validation_failed", "client_id");
  }

  @Test
  void clientIdIsTakenOnce() {
    Map<String, Object> body = client(Map.of());
    as(admin).post(CLIENTS, body).expect(201);
    as(admin).post(CLIENTS, body).expectProblem(409, "already_exists", "client_id");
  }

  @Test
  void usersRegisterNothing() {
    TestUser user = users().user();
    TestClient client = TestClient.service(as(admin), "users:read");

    as(user).post(CLIENTS, client(Map.of())).expectProblem(403, "forbidden");
    as(user).get(CLIENTS).expectProblem(403, "forbidden");
    as(user).get(CLIENTS + "/" + client.id()).expectProblem(403, "forbidden");
    as(user)
        .post(CLIENTS + "/" + client.id() + "/secret", object())
        .expectProblem(403, "forbidden");
    as(user).delete(CLIENTS + "/" + client.id()).expectProblem(403, "forbidden");
    as(user).get(KEYS).expectProblem(403, "forbidden");
    as(user).post(KEYS, object("compromised", true)).expectProblem(403, "forbidden");
    anonymous().get(CLIENTS).expectProblem(401, "unauthenticated");
  }

  @Test
  void nextKeyIsPublishedBeforeItSignsAndOldTokensStillVerify() throws Exception {
    TestClient service = TestClient.service(as(admin), "users:read");
    String before = accessToken(service);

    Answer next = as(admin).post(KEYS, object()).expect(201);

    assertThat(next.at("/state").asString()).isEqualTo("NEXT");
    assertThat(kid(accessToken(service))).isEqualTo(kid(before));
    assertThat(published().getKeyByKeyId(next.at("/kid").asString())).isNotNull();
    // Time passes: the key takes over.
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE users.signing_keys SET signs_from = now()" + " WHERE signs_from > now()");
    }
    String after = accessToken(service);
    assertThat(kid(after)).isEqualTo(next.at("/kid").asString());
    for (String token : List.of(before, after)) {
      assertThat(verifies(token)).isTrue();
      assertThat(service.post("/oauth2/introspect", "token", token).at("/active").asBoolean())
          .isTrue();
    }
  }

  @Test
  void compromisedKeyIsWithdrawnWithItsTokens() throws Exception {
    TestClient service = TestClient.service(as(admin), "users:read");
    String before = accessToken(service);

    Answer next = as(admin).post(KEYS, object("compromised", true)).expect(201);

    assertThat(next.at("/state").asString()).isEqualTo("SIGNING");
    assertThat(published().getKeyByKeyId(kid(before))).isNull();
    assertThat(service.post("/oauth2/introspect", "token", before).at("/active").asBoolean())
        .isFalse();
    assertThat(kid(accessToken(service))).isEqualTo(next.at("/kid").asString());
    assertThat(as(admin).get(KEYS).expect(200).text())
        .contains("WITHDRAWN")
        .doesNotContain("\"d\"");
    assertThat(as(admin).get("/api/v1/audit-events?resource_type=signing_key").text())
        .contains("signing_key.replaced_at_once");
  }

  private boolean verifies(String token) throws Exception {
    return SignedJWT.parse(token)
        .verify(new RSASSAVerifier(published().getKeyByKeyId(kid(token)).toRSAKey()));
  }

  private JWKSet published() throws Exception {
    return JWKSet.parse(anonymous().get("/oauth2/jwks").expect(200).text());
  }

  private static String accessToken(TestClient service) {
    return service
        .token("grant_type", "client_credentials")
        .expect(200)
        .at("/access_token")
        .asString();
  }

  private static String kid(String token) {
    return TestClient.part(token, 0).path("kid").asString();
  }

  private static Map<String, Object> client(Map<String, Object> changes) {
    Map<String, Object> body =
        object(
            "client_id", "reg-" + System.nanoTime(),
            "name", "Test",
            "grant_types", List.of("authorization_code", "refresh_token"),
            "redirect_uris", List.of(TestClient.REDIRECT),
            "scopes", List.of("openid"));
    body.putAll(changes);
    return body;
  }
}
