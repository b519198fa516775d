package io.a2g.user.apikey.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ApiKeyApiIT extends PlatformIT {

  private static final String KEYS = "/api/v1/api-keys";

  @Test
  void issuedKeyWorksAtOnceAndIsShownOnce() {
    TestUser user = users().user();

    Answer issued = as(user).post(KEYS, object("name", "laptop")).expect(201);
    String key = issued.at("/key").asString();

    assertThat(ApiKey.parse(key)).isPresent();
    assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
    anonymous().as(key).get("/api/v1/users/me").expect(200);
    Answer list = as(user).get(KEYS).expect(200);
    assertThat(list.text()).doesNotContain(key);
    assertThat(list.at("/items/0/masked_key").asString()).isEqualTo("a2g_…" + key.substring(36));
    assertThat(as(user).get(KEYS + "/" + issued.id()).text()).doesNotContain(key);
  }

  @Test
  void databaseHoldsNoKeyAnywhere() throws SQLException {
    TestUser user = users().user();
    String idempotencyKey = UUID.randomUUID().toString();
    String key =
        as(user)
            .post(KEYS, object("name", "secret"), "Idempotency-Key", idempotencyKey)
            .expect(201)
            .at("/key")
            .asString();

    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                """
                SELECT (SELECT count(*) FROM users.api_keys k WHERE k::text LIKE '%' || ? || '%')
                     + (SELECT count(*) FROM users.idempotency_keys i
                        WHERE position(convert_to(?, 'UTF8') IN i.body) > 0),
                       (SELECT count(*) FROM users.idempotency_keys i WHERE i.sealed)
                """)) {
      statement.setString(1, key);
      statement.setString(2, key);
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).isZero();
        assertThat(row.getLong(2)).isPositive();
      }
    }
  }

  @Test
  void repeatedIssueGetsTheSameKeyButOnlyWithTheSameCredential() {
    TestUser user = users().user();
    String idempotencyKey = UUID.randomUUID().toString();
    Answer first =
        as(user).post(KEYS, object("name", "ci"), "Idempotency-Key", idempotencyKey).expect(201);

    Answer again =
        as(user).post(KEYS, object("name", "ci"), "Idempotency-Key", idempotencyKey).expect(201);
    Answer withTheNewKey =
        anonymous()
            .as(first.at("/key").asString())
            .post(KEYS, object("name", "ci"), "Idempotency-Key", idempotencyKey);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    withTheNewKey.expectProblem(409, "idempotency_conflict");
    assertThat(as(user).get(KEYS).at("/items").size()).isEqualTo(2);
  }

  @Test
  void secretIsNotRepeatedToAnotherKeyInTheOtherHeader() {
    TestUser user = users().user();
    String idempotencyKey = UUID.randomUUID().toString();
    String other = as(user).post(KEYS, object("name", "other")).expect(201).at("/key").asString();
    String[] asOwner = {"X-API-Key", user.key(), "Idempotency-Key", idempotencyKey};
    String[] asOther = {"X-API-Key", other, "Idempotency-Key", idempotencyKey};
    Answer first = anonymous().post(KEYS, object("name", "ci"), asOwner).expect(201);

    anonymous()
        .post(KEYS, object("name", "ci"), asOther)
        .expectProblem(409, "idempotency_conflict");
    Answer again = as(user).post(KEYS, object("name", "ci"), "Idempotency-Key", idempotencyKey);
    assertThat(again.expect(201).json()).isEqualTo(first.json());
  }

  @Test
  void revokedKeyIsRefused() {
    TestUser user = users().user();
    Answer issued = as(user).post(KEYS, object("name", "old")).expect(201);

    as(user).delete(KEYS + "/" + issued.id()).expect(204);

    anonymous()
        .as(issued.at("/key").asString())
        .get("/api/v1/users/me")
        .expectProblem(401, "unauthenticated");
    assertThat(as(user).get(KEYS + "/" + issued.id()).at("/revoked_at").isNull()).isFalse();
  }

  @Test
  void secondRevocationChangesNothingAndIsNoEvent() {
    TestUser user = users().user();
    String key = KEYS + "/" + as(user).post(KEYS, object("name", "old")).expect(201).id();
    as(user).delete(key).expect(204);
    Answer revoked = as(user).get(key);

    as(user).delete(key).expect(204);

    assertThat(as(user).get(key).json()).isEqualTo(revoked.json());
    Answer events =
        as(users().admin())
            .get("/api/v1/audit-events?action=api_key.revoked&actor_id=" + user.id())
            .expect(200);
    assertThat(events.at("/items")).hasSize(1);
  }

  @Test
  void revocationAmongChangesAlwaysWins() throws Exception {
    TestUser user = users().user();
    for (int round = 0; round < 5; round++) {
      String key = KEYS + "/" + as(user).post(KEYS, object("name", "old")).expect(201).id();

      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Answer> rename = () -> as(user).patch(key, object("name", "new"));
        Callable<Answer> revoke = () -> as(user).delete(key);
        var answers = executor.invokeAll(List.of(rename, revoke, rename));
        assertThat(answers).extracting(answer -> answer.resultNow().status()).doesNotContain(500);
        answers.get(1).resultNow().expect(204);
      }

      assertThat(as(user).get(key).at("/revoked_at").isNull()).isFalse();
    }
  }

  @Test
  void keysOfOthersLookMissing() {
    TestUser owner = users().user();
    TestUser other = users().user();
    long id = as(owner).post(KEYS, object("name", "mine")).expect(201).id();

    as(other).get(KEYS + "/" + id).expectProblem(404, "not_found");
    as(other).delete(KEYS + "/" + id).expectProblem(404, "not_found");
    as(other).get(KEYS + "?user_id=" + owner.id()).expectProblem(403, "forbidden");
    as(other)
        .post(KEYS, object("name", "x", "user_id", owner.id()))
        .expectProblem(403, "forbidden");
    as(users().admin()).get(KEYS + "/" + id).expect(200);
  }

  @Test
  void issueForAnUnknownOrDeletedUserNamesTheField() {
    TestUser admin = users().admin();
    TestUser deleted = users().user();
    users().delete(deleted);

    as(admin)
        .post(KEYS, object("name", "x", "user_id", 999_999_999))
        .expectProblem(422, "reference_not_found", "user_id");
    as(admin)
        .post(KEYS, object("name", "x", "user_id", deleted.id()))
        .expectProblem(422, "reference_not_found", "user_id");

    assertThat(as(admin).get(KEYS + "?user_id=" + deleted.id()).at("/items").size()).isEqualTo(1);
  }

  @Test
  void descriptionIsKeptChangedAndCleared() {
    TestUser user = users().user();
    String longest = "설".repeat(500);
    Answer issued = as(user).post(KEYS, object("name", "n", "description", longest)).expect(201);
    String key = KEYS + "/" + issued.id();

    assertThat(issued.at("/description").asString()).isEqualTo(longest);
    assertThat(as(user).get(key).at("/description").asString()).isEqualTo(longest);
    assertThat(as(user).get(KEYS).at("/items/0/description").asString()).isEqualTo(longest);
    as(user).patch(key, object("description", "nightly\nimport")).expect(200);
    as(user).patch(key, object("name", "m")).expect(200);
    assertThat(as(user).get(key).at("/description").asString()).isEqualTo("nightly\nimport");
    Answer cleared = as(user).patch(key, "{\"description\": null}").expect(200);
    assertThat(cleared.at("/description").isNull()).isTrue();
    assertThat(cleared.at("/name").asString()).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\" | 422 | validation_failed",
        "\" \\n \" | 422 | validation_failed",
        "501 | 422 | validation_failed",
        "5 | 400 | invalid_body",
        "[\"x\"] | 400 | invalid_body",
        "\"x\\u0000\" | 400 | invalid_body",
      })
  void descriptionThatDoesNotFitIsRefused(String bad) {
    String[] parts = bad.split(" \\| ", -1);
    String text = parts[0].equals("501") ? "\"" + "x".repeat(501) + "\"" : parts[0];
    TestUser user = users().user();
    String key = KEYS + "/" + as(user).post(KEYS, object("name", "n")).expect(201).id();
    String body = "{\"name\": \"n\", \"description\": " + text + "}";

    as(user).post(KEYS, body).expectProblem(Integer.parseInt(parts[1]), parts[2], "description");
    as(user).patch(key, body).expectProblem(Integer.parseInt(parts[1]), parts[2], "description");

    assertThat(as(user).get(key).at("/description").isNull()).isTrue();
  }

  @Test
  void expiryMustLieAhead() {
    TestUser user = users().user();

    as(user)
        .post(KEYS, object("name", "x", "expires_at", "2020-01-01T00:00:00Z"))
        .expectProblem(422, "validation_failed", "expires_at");
    as(user)
        .post(KEYS, object("name", "x", "expires_at", "tomorrow"))
        .expectProblem(400, "invalid_body", "expires_at");
    as(user)
        .post(KEYS, object("name", "x", "expires_at", 1893456000))
        .expectProblem(400, "invalid_body", "expires_at");
    as(user)
        .post(KEYS, object("name", "x", "expires_at", "+999999999-12-31T23:59:59Z"))
        .expectProblem(400, "invalid_body", "expires_at");
    as(user)
        .post(KEYS, "{\"name\": \"x\", \"user_id\": 99999999999999999999}")
        .expectProblem(400, "invalid_body", "user_id");
    as(user).post(KEYS, object("name", "x", "expires_at", "2099-01-01T00:00:00Z")).expect(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YWRtaW46YWRtaW4=",
        "a2g_0123456789ABCDEFGHIJKLMNOPQRST000000",
        "Bearer a2g_0123456789ABCDEFGHIJKLMNOPQRST000000",
      })
  void wrongCredentialIs401(String authorization) {
    Answer answer = anonymous().get("/api/v1/users/me", "Authorization", authorization);

    answer.expectProblem(401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void unknownKeyOfTheRightFormIs401() {
    anonymous()
        .as(ApiKey.generate().text())
        .get("/api/v1/users/me")
        .expectProblem(401, "unauthenticated");
    anonymous().get("/api/v1/users/me").expectProblem(401, "unauthenticated");
  }

  @Test
  void keyIsGoodForItsScopesAlone() {
    TestUser user = users().user();
    Answer issued =
        as(user).post(KEYS, object("name", "reader", "scopes", List.of("users:read"))).expect(201);
    Api reader = anonymous().as(issued.at("/key").asString());

    assertThat(issued.at("/scopes").valueStream().map(JsonNode::asString))
        .containsExactly("users:read");
    reader.get("/api/v1/users/me").expect(200);
    Answer refused =
        reader
            .patch("/api/v1/users/me", object("email", "x@example.org"))
            .expectProblem(403, "insufficient_scope");
    assertThat(refused.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"a2g\", error=\"insufficient_scope\", scope=\"users:write\"");
  }

  @Test
  void administratorsKeyWithoutThePowerIsAUsers() {
    TestUser admin = users().admin();
    TestUser other = users().user();
    String narrow =
        as(admin)
            .post(KEYS, object("name", "daily", "scopes", List.of("users:read", "users:write")))
            .expect(201)
            .at("/key")
            .asString();

    anonymous().as(narrow).get("/api/v1/users/me").expect(200);
    anonymous().as(narrow).get("/api/v1/users").expectProblem(403, "forbidden");
    anonymous().as(narrow).get("/api/v1/users/" + other.id()).expectProblem(404, "not_found");
    anonymous().as(narrow).get("/actuator/metrics").expectProblem(403, "forbidden");
  }

  @Test
  void keyNeverIssuesAWiderOne() {
    TestUser user = users().user();
    Api narrow =
        anonymous()
            .as(
                as(user)
                    .post(KEYS, object("name", "n", "scopes", List.of("users:write", "chat:read")))
                    .expect(201)
                    .at("/key")
                    .asString());

    narrow
        .post(KEYS, object("name", "wide", "scopes", List.of("agents:write")))
        .expectProblem(403, "forbidden");
    Answer inherited = narrow.post(KEYS, object("name", "same")).expect(201);
    assertThat(inherited.at("/scopes").valueStream().map(JsonNode::asString))
        .containsExactly("users:write", "chat:read");
  }

  @Test
  void scopesAreCheckedBeforeAnythingIsStored() {
    TestUser user = users().user();

    as(user)
        .post(KEYS, object("name", "n", "scopes", List.of("everything")))
        .expectProblem(400, "invalid_body");
    as(user)
        .post(KEYS, object("name", "n", "scopes", List.of()))
        .expectProblem(422, "validation_failed");
    assertThat(as(user).get(KEYS).text()).contains("\"scopes\":null").doesNotContain("\"n\"");
  }

  @Test
  void keyMayComeInAHeaderOfItsOwnButNotTwice() {
    TestUser user = users().user();

    anonymous().get("/api/v1/users/me", "X-API-Key", user.key()).expect(200);
    as(user).get("/api/v1/users/me", "X-API-Key", user.key()).expectProblem(401, "unauthenticated");
  }

  @Test
  void tellsClientsWhereTokensComeFrom() {
    Answer metadata = anonymous().get("/.well-known/oauth-protected-resource").expect(200);

    assertThat(metadata.at("/resource").asString()).startsWith("http://127.0.0.1:");
    assertThat(metadata.at("/authorization_servers/0").asString())
        .isEqualTo("http://127.0.0.1:8001");
    assertThat(metadata.text()).contains("agents:write");
  }

  @Test
  void forgedTokenIsRefusedLikeAnyOther() {
    Answer refused =
        anonymous()
            .as("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")
            .get("/api/v1/users/me")
            .expectProblem(401, "unauthenticated");

    assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
  }
}
