package io.a2g.user;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.topology.PlatformSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who did what, when, from where: written with the change, and never changed after. */
class AuditIT extends PlatformIT {

  private TestUser admin;

  @BeforeEach
  void makeAdministrator() {
    admin = users().admin();
  }

  @Test
  void changeIsKeptWithActorOriginAndWhatDiffers() {
    TestUser user = users().user();
    as(admin)
        .put(
            "/api/v1/users/" + user.id() + "/role",
            object("role", "ADMIN"),
            "User-Agent",
            "test\u00e9 agent",
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .expect(200);

    JsonNode event = events("resource_id=" + user.id() + "&action=user.role_changed").getFirst();
    assertThat(event.path("actor_id").asLong()).isEqualTo(admin.id());
    assertThat(event.path("api_key_id").asLong()).isPositive();
    assertThat(event.path("before").toString()).isEqualTo("{\"role\":\"USER\"}");
    assertThat(event.path("after").toString()).isEqualTo("{\"role\":\"ADMIN\"}");
    assertThat(event.path("client_address").asString()).isEqualTo("127.0.0.1");
    assertThat(event.path("user_agent").asString()).isEqualTo("test? agent");
    assertThat(event.path("trace_id").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void issuedKeyIsKeptWithoutTheKey() {
    Answer issued = as(admin).post("/api/v1/api-keys", object("name", "for the audit")).expect(201);
    String key = issued.at("/key").asString();

    List<JsonNode> events = events("resource_type=api_key&resource_id=" + issued.id());
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().toString())
        .contains("for the audit", key.substring(key.length() - 4))
        .doesNotContain(key);
  }

  @Test
  void refusedChangeLeavesNoEvent() {
    TestUser user = users().user();
    as(admin)
        .put("/api/v1/users/" + user.id() + "/role", object("role", "ADMIN"), "If-Match", "\"77\"")
        .expectProblem(412, "precondition_failed");
    assertThat(events("resource_type=user&resource_id=" + user.id())).isEmpty();
  }

  @Test
  void listIsPagedAndFiltered() {
    TestUser user = users().user();
    String path = "/api/v1/users/" + user.id();
    for (int i = 0; i < 5; i++) {
      as(admin).patch(path, object("username_en", "Name " + i)).expect(200);
    }
    as(admin).delete(path).expect(204);
    as(admin).post(path + "/restore", object()).expect(200);

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          as(admin)
              .get(
                  "/api/v1/audit-events?limit=3&actor_id=%d&resource_type=user&resource_id=%d%s"
                      .formatted(admin.id(), user.id(), cursor))
              .expect(200);
      page.at("/items").forEach(event -> seen.add(event.path("action").asString()));
      JsonNode next = page.at("/next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(7).startsWith("user.restored", "user.deleted", "user.updated");
    assertThat(events("resource_id=" + user.id() + "&to=2020-01-01T00:00:00Z")).isEmpty();
    as(admin).get("/api/v1/audit-events?from=yesterday").expectProblem(400, "invalid_parameter");
  }

  @Test
  void onlyAdministratorsRead() {
    as(users().user()).get("/api/v1/audit-events").expectProblem(403, "forbidden");
    anonymous().get("/api/v1/audit-events").expectProblem(401, "unauthenticated");
  }

  @Test
  void serviceItselfCannotChangeOrRemoveEvents() throws SQLException {
    as(admin).post("/api/v1/api-keys", object("name", "x")).expect(201);
    try (Connection app = database().connect(database().app(PlatformSchema.USERS));
        var statement = app.createStatement()) {
      for (String sql :
          List.of(
              "UPDATE users.audit_events SET actor_id = 1",
              "DELETE FROM users.audit_events",
              "TRUNCATE users.audit_events",
              "DELETE FROM users.audit_events_default")) {
        assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("permission denied");
      }
      statement.execute("SELECT users.drop_audit_partitions_before(now() + interval '9 years')");
    }
    assertThat(events("action=api_key.issued")).as("a year is kept whatever is asked").isNotEmpty();
  }

  private List<JsonNode> events(String query) {
    List<JsonNode> events = new ArrayList<>();
    as(admin).get("/api/v1/audit-events?" + query).expect(200).at("/items").forEach(events::add);
    return events;
  }
}
