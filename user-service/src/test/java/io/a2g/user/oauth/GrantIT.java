package io.a2g.user.oauth;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What happens to a grant after the first tokens: refresh, reuse, revocation, sign-out. */
class GrantIT extends PlatformIT {

  private TestUser user;
  private TestClient client;
  private Browser browser;
  private Answer tokens;

  @BeforeEach
  void signIn() {
    user = users().user();
    client = TestClient.forUsers(as(users().admin()), false, false);
    browser = new Browser(anonymous().base());
    tokens = client.exchange(client.code(browser, user, "openid users:read")).expect(200);
  }

  @Test
  void tokenThatCannotBeSignedNowIsAskedForAgainLater() throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE users.signing_keys IN ACCESS EXCLUSIVE MODE");

      Answer answer = client.refresh(refreshToken(tokens)).expectProblem(503, "unavailable");

      assertThat(answer.header("Retry-After")).isNotBlank();
    }
    client.refresh(refreshToken(tokens)).expect(200);
  }

  @Test
  void refreshTokenWorksOnceAndGivesTheNext() {
    Answer refreshed = client.refresh(refreshToken(tokens)).expect(200);

    assertThat(refreshToken(refreshed)).isNotEqualTo(refreshToken(tokens));
    assertThat(grantOf(refreshed)).isEqualTo(grantOf(tokens));
    JsonNode id = TestClient.part(refreshed.at("/id_token").asString(), 1);
    assertThat(id.path("auth_time")).isEqualTo(idToken(tokens).path("auth_time"));
    userInfo(refreshed).expect(200);
    client.refresh(refreshToken(refreshed)).expect(200);
  }

  @Test
  void accessTokenRevokesKeysButNeitherIssuesNorProlongsAny() {
    String keys = "/api/v1/api-keys";
    var wish =
        object("name", "x", "expires_at", "2099-01-01T00:00:00Z", "scopes", List.of("users:read"));
    String key = keys + "/" + as(user).post(keys, wish).expect(201).id();
    Answer writing =
        client.exchange(
            client.code(new Browser(anonymous().base()), user, "users:write users:read"));
    Api holder = anonymous().as(writing.expect(200).at("/access_token").asString());

    holder.post(keys, object("name", "x")).expectProblem(403, "forbidden");
    holder.post(key + "/rotations", "").expectProblem(403, "forbidden");
    holder.patch(key, "{\"expires_at\": null}").expectProblem(403, "forbidden");

    holder.patch(key, object("expires_at", "2098-01-01T00:00:00Z")).expect(200);
    holder.delete(key).expect(204);
  }

  @Test
  void usedRefreshTokenEndsTheWholeGrant() throws SQLException {
    Answer refreshed = client.refresh(refreshToken(tokens)).expect(200);
    Answer again = client.refresh(refreshToken(refreshed)).expect(200);
    assertThat(inForce(again)).isTrue();

    Answer reused = client.refresh(refreshToken(tokens)).expect(400);

    assertThat(reused.at("/error").asString()).isEqualTo("invalid_grant");
    client.refresh(refreshToken(again)).expect(400);
    userInfo(again).expect(401);
    assertThat(inForce(again)).isFalse();
    assertThat(
            as(users().admin())
                .get("/api/v1/audit-events?action=user.access_revoked&resource_id=" + user.id())
                .expect(200)
                .text())
        .contains("refresh token used again");
  }

  @Test
  void lostAnswerToARefreshMayBeAskedForOnceMore() throws SQLException {
    client.refresh(refreshToken(tokens)).expect(200);

    Answer retried = client.refresh(refreshToken(tokens)).expect(200);

    client.refresh(refreshToken(retried)).expect(200);
    assertThat(inForce(tokens)).isTrue();
  }

  @Test
  void answerThatWasNotLostEndsTheGrantAfterARetry() throws SQLException {
    Answer first = client.refresh(refreshToken(tokens)).expect(200);
    client.refresh(refreshToken(tokens)).expect(200);

    client.refresh(refreshToken(first)).expect(400);

    assertThat(inForce(tokens)).isFalse();
  }

  @Test
  void secondRetryEndsTheGrant() throws SQLException {
    client.refresh(refreshToken(tokens)).expect(200);
    Answer retried = client.refresh(refreshToken(tokens)).expect(200);

    client.refresh(refreshToken(tokens)).expect(400);

    client.refresh(refreshToken(retried)).expect(400);
    assertThat(inForce(tokens)).isFalse();
  }

  @Test
  void retryAfterAMinuteEndsTheGrant() throws SQLException {
    client.refresh(refreshToken(tokens)).expect(200);
    grants("UPDATE users.oauth_grants SET refreshed_at = now() - interval '61 seconds'");

    client.refresh(refreshToken(tokens)).expect(400);

    assertThat(inForce(tokens)).isFalse();
  }

  @Test
  void anotherClientRetriesNothing() throws SQLException {
    client.refresh(refreshToken(tokens)).expect(200);
    TestClient other = TestClient.forUsers(as(users().admin()), true, false);

    other.refresh(refreshToken(tokens)).expect(400);

    client.refresh(refreshToken(tokens)).expect(200);
  }

  @Test
  void refreshingLeavesNoRows() throws SQLException {
    Answer last = tokens;
    for (int i = 0; i < 3; i++) {
      last = client.refresh(refreshToken(last)).expect(200);
    }

    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                "SELECT count(*) FROM users.used_refresh_tokens WHERE grant_id = ?")) {
      statement.setString(1, grantOf(tokens));
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).isZero();
      }
    }
  }

  @Test
  void refreshTokenOfAnEarlierReleaseGoesOn() throws SQLException {
    String old = OpaqueToken.generate().text();
    grants(
        "UPDATE users.oauth_grants SET refresh_family_hash = NULL, refresh_token_hash = sha256('"
            + old
            + "')");

    Answer refreshed = client.refresh(old).expect(200);
    Answer retried = client.refresh(old).expect(200);

    assertThat(inForce(retried)).isTrue();
    client.refresh(old).expect(400);
    assertThat(inForce(refreshed)).isFalse();
  }

  @Test
  void ofManyRefreshesAtOnceTwoSucceedAtMostAndTheGrantEnds() throws Exception {
    Callable<Answer> refresh = () -> client.refresh(refreshToken(tokens));
    List<Answer> answers;
    try (var threads = Executors.newFixedThreadPool(4)) {
      answers =
          threads.invokeAll(List.of(refresh, refresh, refresh, refresh)).stream()
              .map(future -> future.resultNow())
              .toList();
    }

    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSizeLessThan(3);
    assertThat(inForce(tokens)).isFalse();
  }

  @Test
  void refreshMayNarrowTheScopesAndNotWidenThem() {
    Answer narrowed =
        client
            .token(
                "grant_type",
                "refresh_token",
                "refresh_token",
                refreshToken(tokens),
                "scope",
                "users:read")
            .expect(200);
    assertThat(narrowed.at("/scope").asString()).isEqualTo("users:read");

    Answer widened =
        client.token(
            "grant_type",
            "refresh_token",
            "refresh_token",
            refreshToken(narrowed),
            "scope",
            "agents:read");
    assertThat(widened.expect(400).at("/error").asString()).isEqualTo("invalid_scope");
  }

  @Test
  void revokedTokenTakesTheGrantWithIt() throws SQLException {
    client.post("/oauth2/revoke", "token", refreshToken(tokens)).expect(200);

    assertThat(inForce(tokens)).isFalse();
    client.refresh(refreshToken(tokens)).expect(400);
    userInfo(tokens).expect(401);
    client.post("/oauth2/revoke", "token", "unknown").expect(200);
  }

  @Test
  void anotherClientRevokesNothing() throws SQLException {
    TestClient other = TestClient.forUsers(as(users().admin()), true, false);

    other.post("/oauth2/revoke", "token", refreshToken(tokens)).expect(400);
    other.refresh(refreshToken(tokens)).expect(400);

    assertThat(inForce(tokens)).isTrue();
  }

  @Test
  void introspectionTellsClientsWithASecretAlone() {
    TestClient service = TestClient.service(as(users().admin()), "users:read");

    Answer active = service.post("/oauth2/introspect", "token", accessToken(tokens)).expect(200);
    assertThat(active.at("/active").asBoolean()).isTrue();
    assertThat(active.at("/client_id").asString()).isEqualTo(client.clientId());
    assertThat(active.at("/sub").asString()).isEqualTo(Long.toString(user.id()));
    client.post("/oauth2/revoke", "token", accessToken(tokens)).expect(200);
    Answer revoked = service.post("/oauth2/introspect", "token", accessToken(tokens)).expect(200);
    assertThat(revoked.text()).isEqualTo("{\"active\":false}");
    client.post("/oauth2/introspect", "token", accessToken(tokens)).expect(401);
  }

  @Test
  void clientCredentialsNameTheClient() {
    TestClient service = TestClient.service(as(users().admin()), "internal");

    Answer answer =
        service.token("grant_type", "client_credentials", "scope", "internal").expect(200);

    JsonNode claims = TestClient.part(accessToken(answer), 1);
    assertThat(claims.path("sub").asString()).isEqualTo(service.clientId());
    assertThat(claims.path("client_id").asString()).isEqualTo(service.clientId());
    assertThat(claims.path("scope").asString()).isEqualTo("internal");
    assertThat(claims.path("sid").asString()).isNotBlank();
    assertThat(answer.at("/refresh_token").isMissingNode()).isTrue();
    client.token("grant_type", "client_credentials").expect(401);
  }

  @Test
  void signingOutEndsTheSessionAndTheGrant() throws SQLException {
    String path =
        "/connect/logout?id_token_hint="
            + tokens.at("/id_token").asString()
            + "&post_logout_redirect_uri="
            + TestClient.AFTER_LOGOUT
            + "&state=s1";

    Answer out = browser.get(path).expect(302);

    assertThat(out.header("Location")).isEqualTo(TestClient.AFTER_LOGOUT + "?state=s1");
    assertThat(inForce(tokens)).isFalse();
    assertThat(browser.get(client.authorization("openid")).expect(302).header("Location"))
        .startsWith("/sign-in?");
  }

  @Test
  void signingOutGoesNowhereUnregistered() {
    Answer refused =
        browser.get(
            "/connect/logout?id_token_hint="
                + tokens.at("/id_token").asString()
                + "&post_logout_redirect_uri=https://evil.example/");

    assertThat(refused.expect(400).header("Location")).isNull();
  }

  @Test
  void grantThatIsToLastOutlivesTheSignOut() throws SQLException {
    Answer lasting =
        client.exchange(
            client.code(new Browser(anonymous().base()), user, "openid offline_access"));

    browser.get("/connect/logout?id_token_hint=" + lasting.at("/id_token").asString()).expect(302);

    assertThat(inForce(lasting)).isTrue();
    client.refresh(refreshToken(lasting)).expect(200);
  }

  @Test
  void deletedUserRefreshesNothing() throws SQLException {
    users().delete(user);

    client.refresh(refreshToken(tokens)).expect(400);
    userInfo(tokens).expect(401);
    assertThat(inForce(tokens)).isFalse();
  }

  @Test
  void disabledUserRefreshesNothingAndSignsInNoMore() throws SQLException {
    as(users().admin()).post("/api/v1/users/" + user.id() + "/disable", "{}").expect(200);

    client.refresh(refreshToken(tokens)).expect(400);
    userInfo(tokens).expect(401);
    assertThat(inForce(tokens)).isFalse();
    assertSignedOut();
    new Browser(anonymous().base()).signIn("/sign-in", user.key()).expect(401);

    as(users().admin()).post("/api/v1/users/" + user.id() + "/enable", "{}").expect(200);
    assertSignedOut();
  }

  @Test
  void restoredUserSignsInAnew() throws SQLException {
    String path = "/api/v1/users/" + user.id();
    as(users().admin()).delete(path).expect(204);

    as(users().admin()).post(path + "/restore", "{}").expect(200);

    assertSignedOut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoked_at", "expires_at"})
  void keyThatEndsTakesWhatItSignedInAlong(String end) throws SQLException {
    run("UPDATE users.api_keys SET %s = now() WHERE user_id = %d".formatted(end, user.id()));

    assertSignedOut();
  }

  @Test
  void signingOutEverywhereEndsAllButKeys() throws SQLException {
    String path = "/api/v1/users/" + user.id() + "/sign-out";
    as(users().user()).post(path, "").expectProblem(404, "not_found");
    client.exchange(client.code(new Browser(anonymous().base()), user, "openid")).expect(200);

    as(user).post(path, "").expect(204);

    assertSignedOut();
    Answer again =
        client.exchange(client.code(new Browser(anonymous().base()), user, "openid users:read"));
    assertThat(inForce(again.expect(200))).isTrue();
    as(users().admin()).post(path, "").expect(204);
    assertThat(inForce(again)).isFalse();
  }

  @Test
  void leakOfAnyKeySignsItsOwnerOut() throws SQLException {
    String other =
        as(user)
            .post("/api/v1/api-keys", object("name", "other"))
            .expect(201)
            .at("/key")
            .asString();

    anonymous().post("/api/v1/leaked-keys", object("keys", List.of(other))).expect(202);

    assertSignedOut();
  }

  @Test
  void grantEndsHoweverOftenItIsRefreshed() throws SQLException {
    String grant = "users.oauth_grants WHERE id = '%s'".formatted(grantOf(tokens));
    run(
        "UPDATE users.oauth_grants SET created_at = now() - interval '89 days 23 hours' WHERE id = '%s'"
            .formatted(grantOf(tokens)));

    client.refresh(refreshToken(tokens)).expect(200);

    assertThat(is("refresh_token_expires_at = created_at + interval '90 days' FROM " + grant))
        .isTrue();
    assertThat(is("expires_at = refresh_token_expires_at FROM " + grant)).isTrue();
  }

  @Test
  void removedClientLosesItsGrants() throws SQLException {
    as(users().admin()).delete("/api/v1/oauth-clients/" + client.id()).expect(204);

    client.refresh(refreshToken(tokens)).expect(401);
    assertThat(inForce(tokens)).isFalse();
  }

  @Test
  void idTokenIsNoAccessTokenAndAnAccessTokenNoHint() {
    anonymous()
        .get("/userinfo", "Authorization", "Bearer " + tokens.at("/id_token").asString())
        .expect(401);
    browser.get("/connect/logout?id_token_hint=" + accessToken(tokens)).expect(400);
  }

  @Test
  void databaseHoldsNoTokenAndNoCode() throws SQLException {
    String refresh = refreshToken(tokens);
    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                "SELECT count(*) FROM users.oauth_grants g WHERE g::text LIKE '%' || ? || '%'")) {
      statement.setString(1, refresh);
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).isZero();
      }
    }
  }

  private void assertSignedOut() throws SQLException {
    assertThat(inForce(tokens)).isFalse();
    client.refresh(refreshToken(tokens)).expect(400);
    assertThat(browser.get(client.authorization("openid")).expect(302).header("Location"))
        .startsWith("/sign-in?");
  }

  private void run(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private boolean is(String condition) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT " + condition)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void grants(String update) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.prepareStatement(update + " WHERE id = ?")) {
      statement.setString(1, grantOf(tokens));
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private boolean inForce(Answer of) throws SQLException {
    try (var connection = database().connect();
        var statement =
            connection.prepareStatement("SELECT role FROM users.caller_of_token(?, ?)")) {
      statement.setLong(1, user.id());
      statement.setString(2, grantOf(of));
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private Answer userInfo(Answer of) {
    return anonymous().get("/userinfo", "Authorization", "Bearer " + accessToken(of));
  }

  private static String grantOf(Answer of) {
    return TestClient.part(accessToken(of), 1).path("sid").asString();
  }

  private static JsonNode idToken(Answer of) {
    return TestClient.part(of.at("/id_token").asString(), 1);
  }

  private static String accessToken(Answer of) {
    return of.at("/access_token").asString();
  }

  private static String refreshToken(Answer of) {
    return of.at("/refresh_token").asString();
  }
}
