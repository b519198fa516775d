package io.a2g.user.scim.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.http.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The requests of Entra ID and Okta as they document them, and those of JumpCloud as far as its
 * documents describe them in words, from the first connection to the removal.
 */
class DirectoriesIT extends PlatformIT {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private ScimClient scim;
  private String unique;

  @BeforeEach
  void connectDirectory() {
    scim = new ScimClient(as(users().admin()));
    unique = NAMES.incrementAndGet() + "-" + System.nanoTime();
  }

  @Test
  void entraProvisionsAPerson() {
    assertThat(found("/Users", "userName eq \"7f3c2e0d-0000-4c1f-%s\"")).isEmpty();
    Answer created =
        send(
                "POST",
                "/Users",
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId": "0a21f0f2-8d2a-4f8e-bf98-%1$s", "userName": "Test_User_%1$s",
                 "active": true, "addresses": null,
                 "emails": [{"primary": true, "type": "work", "value": "Test_User_%1$s@testuser.com"}],
                 "meta": {"resourceType": "User"},
                 "name": {"formatted": "givenName familyName", "familyName": "familyName",
                          "givenName": "givenName"},
                 "roles": []}
                """)
            .expect(201);
    String path = "/Users/" + created.at("/id").asString();
    assertThat(found("/Users", "externalId eq \"0a21f0f2-8d2a-4f8e-bf98-%s\"")).hasSize(1);

    Answer patched =
        send(
                "PATCH",
                path,
                """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [
                   {"op": "Replace", "path": "emails[type eq \\"work\\"].value",
                    "value": "updatedEmail-%1$s@microsoft.com"},
                   {"op": "Replace", "path": "name.familyName", "value": "updatedFamilyName"},
                   {"op": "Add", "path": "phoneNumbers[type eq \\"mobile\\"].value",
                    "value": "+82 10 1234 5678"},
                   {"op": "Add",
                    "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                    "value": [{"$ref": "http://example.com/scim/v2/Users/1", "value": "1"}]}]}
                """)
            .expect(200);
    assertThat(patched.at("/emails/0/value").asString()).startsWith("updatedEmail-");
    assertThat(patched.at("/name/familyName").asString()).isEqualTo("updatedFamilyName");
    assertThat(patched.at("/name/formatted").asString()).isEqualTo("givenName updatedFamilyName");

    send(
            "PATCH",
            path,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [{"op": "replace", "value": {
               "displayName": "Bjfe", "name.givenName": "Kkom", "name.familyName": "Unua",
               "emails[type eq \\"work\\"].value": "second-%1$s@microsoft.com",
               "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Sales"}}]}
            """)
        .expect(200);
    Answer read = scim.get(path).expect(200);
    assertThat(read.at("/name/formatted").asString()).isEqualTo("Kkom Unua");
    assertThat(read.at("/emails/0/value").asString()).startsWith("second-");

    for (String no : List.of("\"False\"", "false")) {
      String operation = "{\"op\": \"Replace\", \"path\": \"active\", \"value\": %s}";
      assertThat(scim.patch(path, operation.formatted(no)).expect(200).at("/active").asBoolean())
          .isFalse();
      scim.patch(path, operation.formatted("\"True\"")).expect(200);
    }
    scim.send("DELETE", path, null).expect(204);
  }

  @Test
  void entraKeepsAGroup() {
    String person = person();
    assertThat(
            scim.get("/Groups?excludedAttributes=members&filter=displayName+eq+%22Lab%22+and+id+pr")
                .expect(200)
                .at("/totalResults")
                .asInt())
        .isZero();
    Answer created =
        send(
                "POST",
                "/Groups",
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
                   "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                 "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-%1$s", "displayName": "Lab %1$s",
                 "meta": {"resourceType": "Group"}}
                """)
            .expect(201);
    String path = groupPath(created);

    scim.patch(
            path,
            "{\"op\": \"Add\", \"path\": \"members\", \"value\": [{\"$ref\": null, \"value\": \"%s\"}]}"
                .formatted(person))
        .expect(200);
    assertThat(found("/Groups", "id eq \"Lab %1$s\" and members eq \"" + person + "\"")).hasSize(1);
    scim.patch(
            path,
            "{\"op\": \"Replace\", \"path\": \"displayName\", \"value\": \"Laboratory %s\"}"
                .formatted(unique))
        .expect(200);
    Answer emptied =
        scim.patch(
                path,
                "{\"op\": \"Remove\", \"path\": \"members\", \"value\": [{\"$ref\": null, \"value\": \"%s\"}]}"
                    .formatted(person))
            .expect(200);

    assertThat(emptied.at("/displayName").asString()).isEqualTo("Laboratory " + unique);
    assertThat(emptied.at("/members")).isEmpty();
    scim.send("DELETE", path, null).expect(204);
  }

  @Test
  void oktaProvisionsAPerson() {
    scim.get("/Users?startIndex=1&count=2").expect(200);
    assertThat(
            scim.get(
                    "/Users?filter=userName%20eq%20%22nobody%40okta.local%22&startIndex=1&count=100")
                .expect(200)
                .at("/totalResults")
                .asInt())
        .isZero();
    String body =
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
         "userName": "test.user-%1$s@okta.local",
         "name": {"givenName": "Test", "familyName": "User"},
         "emails": [{"primary": true, "value": "test.user-%1$s@okta.local", "type": "work"}],
         "displayName": "Test User", "locale": "en-US", "externalId": "00ujl29u0le5T6Aj10h7-%1$s",
         "groups": [], "password": "1mz050nq", "active": true}
        """;
    Answer created = send("POST", "/Users", body).expect(201);
    String id = created.at("/id").asString();
    assertThat(created.at("/name/formatted").asString()).isEqualTo("Test User");
    ScimClient.expectError(send("POST", "/Users", body), 409, "uniqueness");

    Answer replaced =
        send(
                "PUT",
                "/Users/" + id,
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "%2$s",
                 "userName": "test.user-%1$s@okta.local",
                 "name": {"givenName": "Another", "middleName": "", "familyName": "User"},
                 "emails": [{"primary": true, "value": "test.user-%1$s@okta.local", "type": "work",
                             "display": "test.user-%1$s@okta.local"}],
                 "active": true, "groups": [], "meta": {"resourceType": "User"}}
                """,
                id)
            .expect(200);
    assertThat(replaced.at("/name/formatted").asString()).isEqualTo("Another User");
    assertThat(replaced.at("/externalId").asString()).isEqualTo("00ujl29u0le5T6Aj10h7-" + unique);

    assertThat(
            send(
                    "PATCH",
                    "/Users/" + id,
                    """
                    {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                     "Operations": [{"op": "replace", "value": {"active": false}}]}
                    """)
                .expect(200)
                .at("/active")
                .asBoolean())
        .isFalse();
    scim.get("/Users?filter=meta.lastModified%20gt%20%222026-01-01T00%3A00%3A00Z%22&count=1")
        .expect(200);
  }

  @Test
  void oktaPushesAGroup() {
    String one = person();
    String two = person();
    scim.get("/Groups?startIndex=1&count=100").expect(200);
    Answer created =
        send(
                "POST",
                "/Groups",
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                 "displayName": "Test SCIMv2 %1$s", "members": []}
                """)
            .expect(201);
    String path = groupPath(created);
    String id = created.at("/id").asString();

    send(
            "PATCH",
            path,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [
               {"op": "replace", "value": {"id": "%2$s", "displayName": "Test SCIMv2b %1$s"}}]}
            """,
            id)
        .expect(200);
    send(
            "PATCH",
            path,
            """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations": [{"op": "replace", "path": "members", "value": [
               {"value": "%2$s", "display": "test.user@okta.local"}]}]}
            """,
            one)
        .expect(200);
    Answer changed =
        send(
                "PATCH",
                path,
                """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [
                   {"op": "remove", "path": "members[value eq \\"%2$s\\"]"},
                   {"op": "add", "path": "members", "value": [
                     {"value": "%3$s", "display": "another.user@okta.local"}]}]}
                """,
                one,
                two)
            .expect(200);

    assertThat(changed.at("/members").size()).isEqualTo(1);
    assertThat(changed.at("/members/0/value").asString()).isEqualTo(two);
    assertThat(changed.at("/displayName").asString()).isEqualTo("Test SCIMv2b " + unique);
  }

  @Test
  void jumpCloudPutsPeopleAndGroups() {
    Answer created =
        send(
                "POST",
                "/Users",
                """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                 "userName": "jc-%1$s@example.com",
                 "name": {"familyName": "Park", "givenName": "Jisoo"},
                 "displayName": "", "active": true,
                 "emails": [{"value": "jc-%1$s@example.com", "type": "work", "primary": true}],
                 "phoneNumbers": [], "addresses": [], "title": ""}
                """)
            .expect(201);
    String id = created.at("/id").asString();
    String body =
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "%2$s",
         "userName": "jc-%1$s@example.com", "externalId": "jc-%1$s",
         "name": {"familyName": "Kim", "givenName": "Jisoo", "formatted": null},
         "displayName": "Jisoo Kim", "active": %3$s,
         "emails": [{"value": "jc-%1$s@example.com", "type": "work", "primary": true}],
         "meta": {"resourceType": "User", "location": "https://example.com/scim/v2/Users/%2$s"}}
        """;
    Answer replaced = send("PUT", "/Users/" + id, body, id, "null").expect(200);
    assertThat(replaced.at("/name/formatted").asString()).isEqualTo("Jisoo Kim");
    assertThat(replaced.at("/active").asBoolean()).isTrue();

    String group =
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
         "displayName": "JumpCloud / Test %1$s", "members": [{"value": "%2$s"}]}
        """;
    String path = groupPath(send("POST", "/Groups", group, id).expect(201));
    scim.send("DELETE", "/Users/" + person(), null).expect(204);
    Answer members = send("PUT", path, group, id).expect(200);
    assertThat(members.at("/members/0/value").asString()).isEqualTo(id);

    assertThat(send("PUT", "/Users/" + id, body, id, "false").expect(200).at("/active").asBoolean())
        .isFalse();
    scim.send("DELETE", path, null).expect(204);
    scim.send("DELETE", "/Users/" + id, null).expect(204);
  }

  private String person() {
    return scim.send(
            "POST",
            "/Users",
            "{\"userName\": \"person%d-%s@example.com\"}"
                .formatted(NAMES.incrementAndGet(), unique))
        .expect(201)
        .at("/id")
        .asString();
  }

  // %1$s is the part of names that no other test has.
  private Answer send(String method, String path, String body, String... more) {
    Object[] values = new Object[more.length + 1];
    values[0] = unique;
    System.arraycopy(more, 0, values, 1, more.length);
    return scim.send(method, path, body.formatted(values));
  }

  private List<String> found(String list, String filter) {
    return scim.find(list, filter.formatted(unique))
        .expect(200)
        .at("/Resources")
        .valueStream()
        .map(resource -> resource.path("id").asString())
        .toList();
  }

  private static String groupPath(Answer group) {
    String location = String.valueOf(group.header("Location"));
    return location.substring(location.indexOf("/Groups/"));
  }
}
