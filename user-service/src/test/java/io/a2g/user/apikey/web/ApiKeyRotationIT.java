package io.a2g.user.apikey.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing keys, and replacing them while both work. */
class ApiKeyRotationIT extends PlatformIT {

  private static final String KEYS = "/api/v1/api-keys";

  private TestUser user;

  @BeforeEach
  void makeUser() {
    user = users().user();
  }

  @Test
  void bothKeysWorkUntilTheOverlapIsOver() throws SQLException {
    Answer old =
        issue(
            "name",
            "ci",
            "description",
            "pipeline",
            "scopes",
            List.of("agents:read", "users:read"));

    Answer fresh = rotate(old, object("overlap", "PT2H")).expect(201);

    assertThat(fresh.header("Location")).isEqualTo(KEYS + "/" + fresh.id());
    assertThat(fresh.header("Cache-Control")).isEqualTo("no-store");
    assertThat(fresh.at("/name").asString()).isEqualTo("ci");
    assertThat(fresh.at("/description").asString()).isEqualTo("pipeline");
    assertThat(fresh.at("/scopes")).isEqualTo(old.at("/scopes"));
    assertThat(fresh.at("/user_id")).isEqualTo(old.at("/user_id"));
    assertThat(fresh.at("/expires_at").isNull()).as("as long as the old one").isTrue();
    Answer replaced = as(user).get(KEYS + "/" + old.id()).expect(200);
    assertThat(replaced.at("/replaced_by").asLong()).isEqualTo(fresh.id());
    Instant issued = Instant.parse(fresh.at("/created_at").asString());
    assertThat(Instant.parse(replaced.at("/expires_at").asString()))
        .isBetween(
            issued.plus(Duration.ofHours(2)).minusSeconds(60),
            issued.plus(Duration.ofHours(2)).plusSeconds(60));
    me(old).expect(200);
    me(fresh).expect(200);
    run("UPDATE users.api_keys SET expires_at = now() WHERE id = " + old.id());
    rotate(old, object()).expectProblem(409, "conflict");
    Answer events =
        as(users().admin())
            .get("/api/v1/audit-events?action=api_key.rotated&resource_id=" + old.id())
            .expect(200);
    assertThat(events.at("/items/0/after/replaced_by").asLong()).isEqualTo(fresh.id());
  }

  @Test
  void keyThatEndsSoonerStillDoesAndTheNewOneLivesAsLong() {
    Instant soon = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
    Answer old = issue("name", "short", "expires_at", soon.toString());

    Answer fresh = rotate(old, "").expect(201);

    assertThat(Instant.parse(as(user).get(KEYS + "/" + old.id()).at("/expires_at").asString()))
        .isEqualTo(soon);
    assertThat(
            Duration.between(
                Instant.parse(fresh.at("/created_at").asString()),
                Instant.parse(fresh.at("/expires_at").asString())))
        .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(61));
  }

  @Test
  void keyThatEndsIssuesAndProlongsNothingBeyondItsEnd() {
    Instant soon = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
    Answer ending = issue("name", "short", "expires_at", soon.toString());
    Answer other = issue("name", "other", "expires_at", soon.minusSeconds(60).toString());
    var holder = anonymous().as(ending.at("/key").asString());

    for (Answer key : List.of(ending, other)) {
      holder.patch(path(key), "{\"expires_at\": null}").expectProblem(403, "forbidden");
      holder
          .patch(path(key), object("expires_at", soon.plusSeconds(1).toString()))
          .expectProblem(403, "forbidden");
    }
    holder
        .post(KEYS, object("name", "x", "expires_at", soon.plusSeconds(1).toString()))
        .expectProblem(403, "forbidden");
    Answer inherited = holder.post(KEYS, object("name", "x")).expect(201);
    Answer fresh = holder.post(path(ending) + "/rotations", "").expect(201);

    assertThat(Instant.parse(inherited.at("/expires_at").asString())).isEqualTo(soon);
    assertThat(Instant.parse(fresh.at("/expires_at").asString())).isEqualTo(soon);
    holder.patch(path(other), object("expires_at", soon.toString())).expect(200);
    holder.patch(path(other), object("expires_at", soon.minusSeconds(99).toString())).expect(200);
  }

  @Test
  void zeroOverlapEndsTheOldKeyAtOnce() {
    Answer old = issue("name", "x");

    Answer fresh = rotate(old, object("overlap", "PT0S")).expect(201);

    me(old).expectProblem(401, "unauthenticated");
    me(fresh).expect(200);
  }

  @Test
  void oneOfManyAtOnceRotates() {
    Answer old = issue("name", "x");

    List<Integer> statuses =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> rotate(old, "").status()))
            .limit(4)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();

    assertThat(statuses).containsExactly(201, 409, 409, 409);
    assertThat(as(user).get(KEYS).at("/items").size()).as("test, old, new").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "P31D", "P30DT1S", "P1M", "1 day", "", "P99999999999999999999D"})
  void overlapsThatBreakARuleAre422(String overlap) {
    Answer old = issue("name", "x");

    rotate(old, object("overlap", overlap)).expectProblem(422, "validation_failed", "overlap");
    rotate(old, object("overlap", 5)).expectProblem(400, "invalid_body", "overlap");
    rotate(old, object("scopes", List.of())).expectProblem(400, "invalid_body", "scopes");
    assertThat(as(user).get(KEYS + "/" + old.id()).at("/replaced_by").isNull()).isTrue();
  }

  @Test
  void narrowKeyNeitherRotatesNorProlongsAWiderOne() {
    Answer wide = issue("name", "wide", "expires_at", "2099-01-01T00:00:00Z");
    Answer narrow =
        issue("name", "narrow", "scopes", List.of("users:read", "users:write", "chat:read"));
    var holder = anonymous().as(narrow.at("/key").asString());

    holder.post(path(wide) + "/rotations", "").expectProblem(403, "forbidden");
    holder.patch(path(wide), "{\"expires_at\": null}").expectProblem(403, "forbidden");
    Answer fresh = holder.post(path(narrow) + "/rotations", "").expect(201);
    assertThat(fresh.at("/scopes")).isEqualTo(narrow.at("/scopes"));
  }

  @Test
  void nameAndExpiryChangeWithTheTag() {
    Answer key = issue("name", "old name");

    Answer changed =
        as(user)
            .patch(
                path(key),
                object("name", "new name", "expires_at", "2099-01-01T00:00:00Z"),
                "If-Match",
                "\"0\"")
            .expect(200);

    assertThat(changed.header("ETag")).isEqualTo("\"1\"");
    assertThat(changed.at("/name").asString()).isEqualTo("new name");
    assertThat(changed.at("/expires_at").asString()).isEqualTo("2099-01-01T00:00:00Z");
    assertThat(changed.json().has("key")).isFalse();
    as(user)
        .patch(path(key), object("name", "x"), "If-Match", "\"0\"")
        .expectProblem(412, "precondition_failed");
    as(user).patch(path(key), "{\"expires_at\": null}").expect(200);
    for (String field : List.of("scopes", "user_id", "key", "revoked_at", "replaced_by")) {
      as(user).patch(path(key), object(field, "x")).expectProblem(400, "invalid_body", field);
    }
    as(user).patch(path(key), object("name", " ")).expectProblem(422, "validation_failed", "name");
    as(user)
        .patch(path(key), object("expires_at", "2020-01-01T00:00:00Z"))
        .expectProblem(422, "validation_failed", "expires_at");
  }

  @Test
  void endedKeysStayEnded() throws SQLException {
    Answer revoked = issue("name", "x");
    as(user).delete(path(revoked)).expect(204);
    Answer expired = issue("name", "x");
    run("UPDATE users.api_keys SET expires_at = now() WHERE id = " + expired.id());

    for (Answer ended : List.of(revoked, expired)) {
      as(user)
          .patch(path(ended), object("expires_at", "2099-01-01T00:00:00Z"))
          .expectProblem(409, "conflict");
      rotate(ended, "").expectProblem(409, "conflict");
    }
  }

  @Test
  void keysOfOthersLookMissing() {
    Answer key = issue("name", "mine");
    TestUser other = users().user();

    as(other).post(path(key) + "/rotations", "").expectProblem(404, "not_found");
    as(other).patch(path(key), object("name", "x")).expectProblem(404, "not_found");
    anonymous().post(path(key) + "/rotations", "").expectProblem(401, "unauthenticated");
    as(users().admin()).post(path(key) + "/rotations", "").expect(201);
  }

  private Answer issue(Object... body) {
    return as(user).post(KEYS, object(body)).expect(201);
  }

  private Answer rotate(Answer key, Object body) {
    return as(user).post(path(key) + "/rotations", body);
  }

  private Answer me(Answer key) {
    return anonymous().as(key.at("/key").asString()).get("/api/v1/users/me");
  }

  private void run(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String path(Answer key) {
    return KEYS + "/" + key.id();
  }
}
