package io.a2g.user.account.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** PENDING to USER, disabled and back, turned away and back. */
class LifeCycleIT extends PlatformIT {

  private TestUser admin;

  @BeforeEach
  void makeAdministrator() {
    admin = users().admin();
  }

  @Test
  void approvedUserBecomesUserAndTheAuditSaysBy() {
    TestUser pending = users().make(Role.PENDING, null);

    Answer approved = as(admin).post(path(pending) + "/approve", "").expect(200);

    assertThat(approved.at("/role").asString()).isEqualTo("USER");
    as(pending).get("/api/v1/api-keys").expect(200);
    JsonNode event = event(pending, "user.approved");
    assertThat(event.path("actor_id").asLong()).isEqualTo(admin.id());
    assertThat(event.path("before").toString()).isEqualTo("{\"role\":\"PENDING\"}");
    assertThat(event.path("after").toString()).isEqualTo("{\"role\":\"USER\"}");
    as(admin).post(path(pending) + "/approve", "").expectProblem(409, "conflict");
    as(admin).post(path(pending) + "/reject", reason("late")).expectProblem(409, "conflict");
  }

  @Test
  void rejectedUserIsGoneWithTheReasonInTheAudit() {
    TestUser pending = users().make(Role.PENDING, null);

    as(admin).post(path(pending) + "/reject", reason("not of this company")).expect(204);

    as(pending).get("/api/v1/users/me").expectProblem(401, "unauthenticated");
    assertThat(event(pending, "user.rejected").at("/after/reason").asString())
        .isEqualTo("not of this company");
    as(admin).post(path(pending) + "/approve", "").expectProblem(404, "not_found");
    as(admin).post(path(pending) + "/restore", "").expect(200);
    as(admin).post(path(pending) + "/approve", "").expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": null}"})
  void rejectionNeedsAReason(String body) {
    TestUser pending = users().make(Role.PENDING, null);

    as(admin)
        .post(path(pending) + "/reject", body)
        .expectProblem(422, "validation_failed", "reason");
    as(admin).post(path(pending) + "/reject", "").expectProblem(400, "malformed_json");
    as(admin)
        .post(path(pending) + "/reject", object("reason", "x", "role", "ADMIN"))
        .expectProblem(400, "invalid_body", "role");
    as(admin)
        .post(path(pending) + "/disable", reason("x".repeat(501)))
        .expectProblem(422, "validation_failed", "reason");
    as(pending).get("/api/v1/users/me").expect(200);
  }

  @Test
  void disabledUserKeepsTheRoleAndIsRefusedUntilEnabled() throws SQLException {
    TestUser user = users().user();

    Answer disabled = as(admin).post(path(user) + "/disable", reason("left")).expect(200);

    assertThat(disabled.at("/role").asString()).isEqualTo("USER");
    assertThat(disabled.at("/disabled_at").isNull()).isFalse();
    assertThat(knownToEveryService(user)).isFalse();
    as(user).get("/api/v1/users/me").expectProblem(401, "unauthenticated");
    assertThat(event(user, "user.disabled").at("/after/reason").asString()).isEqualTo("left");
    Answer again = as(admin).post(path(user) + "/disable", "").expect(200);
    assertThat(again.at("/disabled_at")).isEqualTo(disabled.at("/disabled_at"));

    Answer enabled = as(admin).post(path(user) + "/enable", "").expect(200);
    assertThat(enabled.at("/disabled_at").isNull()).isTrue();
    assertThat(knownToEveryService(user)).isTrue();
    as(user).get("/api/v1/users/me").expect(200);
  }

  @Test
  void onlyAdministratorsDecideAndStaleTagsAreRefused() {
    TestUser user = users().user();
    TestUser pending = users().make(Role.PENDING, null);

    for (String operation : new String[] {"approve", "disable", "enable", "restore"}) {
      as(user).post(path(pending) + "/" + operation, "").expectProblem(403, "forbidden");
      as(pending).post(path(pending) + "/" + operation, "").expectProblem(403, "forbidden");
      anonymous().post(path(pending) + "/" + operation, "").expectProblem(401, "unauthenticated");
      as(admin).post("/api/v1/users/999999999/" + operation, "").expectProblem(404, "not_found");
    }
    as(user).post(path(pending) + "/reject", reason("x")).expectProblem(403, "forbidden");
    as(admin)
        .post(path(pending) + "/approve", "", "If-Match", "\"7\"")
        .expectProblem(412, "precondition_failed");
    as(admin)
        .post(path(user) + "/disable", "", "If-Match", "\"7\"")
        .expectProblem(412, "precondition_failed");
  }

  @Test
  void disabledHeirIsRefused() {
    TestUser owner = users().user();
    TestUser heir = users().user();
    as(admin).post(path(heir) + "/disable", "").expect(200);

    as(admin)
        .delete(path(owner) + "?transfer_to=" + heir.id())
        .expectProblem(422, "validation_failed", "transfer_to");
  }

  private boolean knownToEveryService(TestUser user) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.prepareStatement("SELECT * FROM users.caller_of_key(?)")) {
      statement.setBytes(1, ApiKey.parse(user.key()).orElseThrow().sha256());
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private JsonNode event(TestUser user, String action) {
    return as(admin)
        .get(
            "/api/v1/audit-events?resource_type=user&resource_id=%d&action=%s"
                .formatted(user.id(), action))
        .expect(200)
        .at("/items/0");
  }

  private static Object reason(String text) {
    return object("reason", text);
  }

  private static String path(TestUser user) {
    return "/api/v1/users/" + user.id();
  }
}
