package io.a2g.user;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.AccessRuleList;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** No change without an event: a new endpoint needs a line here, and an event. */
class AuditCoverageIT extends PlatformIT {

  @Autowired private ApplicationContext service;

  private Api admin;

  @BeforeEach
  void makeAdministrator() {
    admin = as(users().admin());
  }

  @Test
  void everyEndpointThatChangesSomethingWritesAnEvent() throws SQLException {
    Map<String, Supplier<Answer>> changes = changes();

    assertThat(changes.keySet()).containsExactlyElementsOf(changingEndpoints());

    for (var change : changes.entrySet()) {
      long before = lastEvent();
      Answer answer = change.getValue().get();
      assertThat(answer.status()).as("%s: %s", change.getKey(), answer.text()).isBetween(200, 299);
      assertThat(lastEvent()).as(change.getKey()).isGreaterThan(before);
    }
  }

  private List<String> changingEndpoints() {
    return List.copyOf(
        new TreeSet<>(
            new AccessRuleList(service)
                .lines().stream()
                    .map(line -> line.split(" {2}", 3))
                    .filter(line -> line[0].startsWith("/api/") || line[0].startsWith("/scim/"))
                    .filter(line -> !line[1].equals("GET") && !line[0].endsWith("/.search"))
                    .map(line -> line[0] + " " + line[1])
                    .toList()));
  }

  /** Endpoint → a change that succeeds; what it needs is made when this is called. */
  private Map<String, Supplier<Answer>> changes() {
    Map<String, Supplier<Answer>> changes = new TreeMap<>();
    keys(changes);
    clients(changes);
    people(changes);
    directory(changes);
    return changes;
  }

  private void keys(Map<String, Supplier<Answer>> changes) {
    String keys = "/api/v1/api-keys";
    changes.put(keys + " POST", () -> admin.post(keys, object("name", "x")));
    String changed = keys + "/" + admin.post(keys, object("name", "x")).id();
    changes.put(keys + "/{id} PATCH", () -> admin.patch(changed, object("name", "y")));
    String rotated = keys + "/" + admin.post(keys, object("name", "x")).id();
    changes.put(
        keys + "/{id}/rotations POST",
        () -> admin.post(rotated + "/rotations", object("overlap", "PT1H")));
    String revoked = keys + "/" + admin.post(keys, object("name", "x")).id();
    changes.put(keys + "/{id} DELETE", () -> admin.delete(revoked));
    String leaked = users().user().key();
    changes.put(
        "/api/v1/leaked-keys POST",
        () -> anonymous().post("/api/v1/leaked-keys", object("keys", List.of(leaked))));
    changes.put("/api/v1/signing-keys POST", () -> admin.post("/api/v1/signing-keys", object()));
  }

  private void clients(Map<String, Supplier<Answer>> changes) {
    String clients = "/api/v1/oauth-clients";
    changes.put(clients + " POST", () -> admin.post(clients, client()));
    String one = clients + "/" + admin.post(clients, client()).id();
    changes.put(clients + "/{id}/secret POST", () -> admin.post(one + "/secret", object()));
    String two = clients + "/" + admin.post(clients, client()).id();
    changes.put(clients + "/{id} DELETE", () -> admin.delete(two));
    String invitations = "/api/v1/invitations";
    changes.put(invitations + " POST", () -> admin.post(invitations, offer()));
    String invitation = invitations + "/" + admin.post(invitations, offer()).id();
    changes.put(invitations + "/{id} DELETE", () -> admin.delete(invitation));
  }

  private void people(Map<String, Supplier<Answer>> changes) {
    String people = "/api/v1/users";
    changes.put(
        "/api/v1/sign-ups POST",
        () -> anonymous().post("/api/v1/sign-ups", object("username", fresh())));
    changes.put(people + " POST", () -> admin.post(people, object("username", fresh())));
    changes.put(
        people + "/me PATCH",
        () -> as(users().user()).patch(people + "/me", object("theme_preference", "dark")));
    changes.put(
        people + "/{id} PATCH",
        () -> admin.patch(one(Role.USER), object("username_en", "Somebody")));
    changes.put(people + "/{id}/sign-out POST", () -> admin.post(one(Role.USER) + "/sign-out", ""));
    changes.put(people + "/{id} DELETE", () -> admin.delete(one(Role.USER)));
    String deleted = one(Role.USER);
    admin.delete(deleted).expect(204);
    changes.put(people + "/{id}/restore POST", () -> admin.post(deleted + "/restore", ""));
    changes.put(
        people + "/{id}/approve POST", () -> admin.post(one(Role.PENDING) + "/approve", ""));
    changes.put(
        people + "/{id}/reject POST",
        () -> admin.post(one(Role.PENDING) + "/reject", object("reason", "unknown")));
    long stranger = users().make(Role.PENDING, null).id();
    changes.put(
        people + "/rejections POST",
        () ->
            admin.post(
                people + "/rejections", object("ids", List.of(stranger), "reason", "unknown")));
    String disabled = one(Role.USER);
    changes.put(
        people + "/{id}/disable POST",
        () -> admin.post(disabled + "/disable", object("reason", "left")));
    String enabled = one(Role.USER);
    admin.post(enabled + "/disable", object("reason", "left")).expect(200);
    changes.put(people + "/{id}/enable POST", () -> admin.post(enabled + "/enable", object()));
    changes.put(
        people + "/{id}/role PUT",
        () -> admin.put(one(Role.USER) + "/role", object("role", "ADMIN")));
  }

  private void directory(Map<String, Supplier<Answer>> changes) {
    String scimUsers = "/scim/v2/Users";
    changes.put(scimUsers + " POST", () -> scim("POST", scimUsers, scimUser()));
    // Made now: their own events must not pass for those of the changes.
    String replaced = scimUsers + "/" + provisioned();
    changes.put(scimUsers + "/{id} PUT", () -> scim("PUT", replaced, scimUser()));
    String inactive = scimUsers + "/" + provisioned();
    changes.put(
        scimUsers + "/{id} PATCH",
        () ->
            scim(
                "PATCH",
                inactive,
                patch("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}")));
    String gone = scimUsers + "/" + provisioned();
    changes.put(scimUsers + "/{id} DELETE", () -> admin.delete(gone));
    String groups = "/scim/v2/Groups";
    changes.put(groups + " POST", () -> scim("POST", groups, group(fresh())));
    String put = fresh();
    scim("POST", groups, group(put)).expect(201);
    changes.put(
        groups + "/{id} PUT", () -> scim("PUT", groups + "/" + put, group(put + " renamed")));
    String patched = fresh();
    scim("POST", groups, group(patched)).expect(201);
    long member = users().user().id();
    changes.put(
        groups + "/{id} PATCH",
        () ->
            scim(
                "PATCH",
                groups + "/" + patched,
                patch(
                    "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"}]}"
                        .formatted(member))));
    String deleted = fresh();
    scim("POST", groups, group(deleted)).expect(201);
    changes.put(groups + "/{id} DELETE", () -> admin.delete(groups + "/" + deleted));
  }

  private String one(Role role) {
    return "/api/v1/users/" + users().make(role, null).id();
  }

  private String provisioned() {
    return scim("POST", "/scim/v2/Users", scimUser()).expect(201).at("/id").asString();
  }

  private Answer scim(String method, String path, String body) {
    return admin.send(method, path, new Api.Body("application/scim+json", Api.json(body).bytes()));
  }

  private static String scimUser() {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s","active":true}
    """
        .formatted(fresh());
  }

  private static String group(String name) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"%s"}
    """
        .formatted(name);
  }

  private static String patch(String operation) {
    return """
    {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}
    """
        .formatted(operation);
  }

  private static Map<String, Object> client() {
    return object(
        "client_id", fresh(),
        "name", "Test",
        "grant_types", List.of("client_credentials"),
        "scopes", List.of("users:read"));
  }

  private static Map<String, Object> offer() {
    return object("email", fresh() + "@example.com", "role", "USER");
  }

  private static String fresh() {
    return "audited-" + System.nanoTime();
  }

  private long lastEvent() throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM users.audit_events")) {
      row.next();
      return row.getLong(1);
    }
  }
}
