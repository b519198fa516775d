package io.a2g.user.apikey.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who finds a key may end it, and learns nothing. */
class LeakedKeysIT extends PlatformIT {

  private static final String LEAKED = "/api/v1/leaked-keys";

  @Test
  void keysOfOursEndAndTheAuditSaysSo() {
    TestUser one = users().user();
    TestUser two = users().user();
    TestUser untouched = users().user();

    Answer answer = report(List.of(one.key(), two.key(), one.key(), "nonsense"));

    assertThat(answer.text()).isEmpty();
    as(one).get("/api/v1/users/me").expectProblem(401, "unauthenticated");
    as(two).get("/api/v1/users/me").expectProblem(401, "unauthenticated");
    as(untouched).get("/api/v1/users/me").expect(200);
    Answer events = as(users().admin()).get("/api/v1/audit-events?action=api_key.leaked");
    assertThat(events.at("/items/0/actor_id").isNull()).isTrue();
    assertThat(events.at("/items/0/client_address").asString()).isEqualTo("127.0.0.1");
    assertThat(events.text()).doesNotContain(one.key());
  }

  @Test
  void answerIsTheSameForAnyText() {
    TestUser user = users().user();
    Answer known = report(List.of(user.key()));

    for (String text :
        List.of(
            user.key(), // revoked by now
            ApiKey.generate().text(),
            user.key().substring(0, 39) + (user.key().endsWith("0") ? "1" : "0"),
            "",
            "a2g_",
            "\ud83d\ude42")) {
      Answer answer = report(List.of(text));
      assertThat(answer.text()).isEqualTo(known.text());
      assertThat(answer.response().headers().map().keySet())
          .isEqualTo(known.response().headers().map().keySet());
    }
  }

  @Test
  void wrongChecksumsNeedNoTable() throws SQLException {
    TestUser user = users().user();
    String wrong = user.key().substring(0, 39) + (user.key().endsWith("0") ? "1" : "0");
    run("ALTER TABLE users.api_keys RENAME TO away");
    try {
      report(Collections.nCopies(100, wrong));
      anonymous()
          .post(LEAKED, object("keys", List.of(ApiKey.generate().text())))
          .expectProblem(503, "unavailable");
    } finally {
      run("ALTER TABLE users.away RENAME TO api_keys");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"keys\": []}", "{\"keys\": null}", "{\"keys\": [null]}"})
  void emptyReportsAre422(String body) {
    anonymous().post(LEAKED, body).expectProblem(422, "validation_failed");
  }

  @Test
  void otherBodiesAreRefused() {
    anonymous()
        .post(LEAKED, object("keys", Collections.nCopies(101, "x")))
        .expectProblem(422, "validation_failed", "keys");
    anonymous()
        .post(LEAKED, object("keys", List.of("x".repeat(201))))
        .expectProblem(422, "validation_failed");
    anonymous().post(LEAKED, object("keys", "x")).expectProblem(400, "invalid_body", "keys");
    anonymous().post(LEAKED, object("keys", List.of(1))).expectProblem(400, "invalid_body");
    anonymous().get(LEAKED).expectProblem(401, "unauthenticated");
  }

  private Answer report(List<String> keys) {
    return anonymous().post(LEAKED, object("keys", keys)).expect(202);
  }

  private void run(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
