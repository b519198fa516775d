package io.a2g.user.scim.web;

import static io.a2g.common.testkit.http.Api.object;
import static io.a2g.user.scim.web.ScimClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.ApiKey;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users as Entra ID and Okta provision them. */
class ScimUsersIT extends PlatformIT {

  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestUser admin;
  private ScimClient scim;

  @BeforeEach
  void connectDirectory() {
    admin = users().admin();
    scim = new ScimClient(as(admin));
  }

  @Test
  void createdUserReadsBackWithTypeTagAndLocation() {
    String name = freshAddress();
    Answer created =
        scim.send(
                "POST",
                "/Users",
                """
                {"schemas": ["%s", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId": "ext-%s", "userName": "%s", "active": true, "displayName": "김민수",
                 "name": {"givenName": "Minsu", "familyName": "Kim"}, "password": "secret-word",
                 "emails": [{"value": "home-%s", "type": "home"},
                            {"value": "%s", "type": "work", "primary": true}],
                 "title": "Engineer", "preferredLanguage": "ko-KR",
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "x"}}
                """
                    .formatted(CORE, name, name.toUpperCase(Locale.ROOT), name, name))
            .expect(201);

    String id = created.at("/id").asString();
    assertThat(created.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(created.header("Location")).endsWith("/scim/v2/Users/" + id).startsWith("http");
    assertThat(created.at("/meta/location").asString()).isEqualTo(created.header("Location"));
    assertThat(created.header("ETag")).isEqualTo(created.at("/meta/version").asString());
    assertThat(created.at("/meta/resourceType").asString()).isEqualTo("User");
    assertThat(created.at("/userName").asString()).isEqualTo(name);
    assertThat(created.at("/name/formatted").asString()).isEqualTo("Minsu Kim");
    assertThat(created.at("/emails/0/value").asString()).isEqualTo(name);
    assertThat(created.at("/active").asBoolean()).isTrue();
    assertThat(created.text()).doesNotContain("secret-word", "password");
    assertThat(scim.get("/Users/" + id).expect(200).json()).isEqualTo(created.json());
    Answer user = as(admin).get("/api/v1/users/" + id).expect(200);
    assertThat(user.at("/role").asString()).isEqualTo("USER");
    assertThat(user.at("/username_kr").asString()).isEqualTo("김민수");
  }

  @Test
  void searchFindsByNameInAnyCaseAndByExternalId() {
    String name = freshAddress();
    String id = create(name).at("/id").asString();

    for (String filter :
        List.of(
            "userName eq \"" + name.toUpperCase(Locale.ROOT) + "\"",
            "USERNAME EQ \"" + name + "\"",
            CORE + ":userName eq \"" + name + "\"",
            "externalId eq \"ext-" + name + "\"",
            "emails[type eq \"work\"].value eq \"" + name + "\"",
            "emails.value eq \"" + name.toUpperCase(Locale.ROOT) + "\"",
            "userName eq \"" + name + "\" and externalId eq \"ext-" + name + "\"",
            "userName eq \"" + name + "\" and active eq true",
            "id eq \"" + id + "\"")) {
      Answer found = scim.find("/Users", filter).expect(200);
      assertThat(found.at("/totalResults").asInt()).as(filter).isEqualTo(1);
      assertThat(found.at("/Resources/0/id").asString()).isEqualTo(id);
    }
    for (String filter :
        List.of(
            "userName eq \"nobody-" + name + "\"",
            "externalId eq \"EXT-" + name + "\"",
            "userName eq \"" + name + "\" and active eq false",
            "userName eq \"" + name + "\" and userName eq \"other\"",
            "id eq \"x\"",
            "id eq \"99999999999999999999999\"")) {
      Answer found = scim.find("/Users", filter).expect(200);
      assertThat(found.at("/totalResults").asInt()).as(filter).isZero();
      assertThat(found.at("/Resources").isEmpty()).isTrue();
      assertThat(found.at("/schemas/0").asString())
          .isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    }
  }

  @Test
  void filtersJoinNegateAndNest() {
    String name = freshAddress();
    String id = create(name).at("/id").asString();
    String other = freshAddress();
    String otherId = create(other).at("/id").asString();
    scim.patch("/Users/" + otherId, "{\"op\":\"remove\",\"path\":\"emails\"}").expect(200);
    String both = "(userName eq \"%s\" or userName eq \"%s\")".formatted(name, other);

    assertThat(found(both)).containsExactly(id, otherId);
    assertThat(found(both + " and not (externalId eq \"ext-" + name + "\")"))
        .containsExactly(otherId);
    assertThat(found(both + " and userName ne \"" + name + "\"")).containsExactly(otherId);
    assertThat(found(both + " and emails pr")).containsExactly(id);
    assertThat(found(both + " and emails.value eq null")).containsExactly(otherId);
    assertThat(found(both + " and not (emails.value co \"@\")")).containsExactly(otherId);
    assertThat(found(both + " AND emails[type eq \"work\" and value sw \"" + name + "\"]"))
        .containsExactly(id);
    assertThat(found("userName sw \"" + name.substring(0, name.indexOf('@')) + "\""))
        .containsExactly(id);
    assertThat(found("userName ew \"" + name.substring(1) + "\"")).containsExactly(id);
    assertThat(found("userName sw \"%\" or userName co \"_!\"")).isEmpty();
    assertThat(found(both + " and displayName eq \"하나\" and preferredLanguage eq \"en\""))
        .containsExactly(id, otherId);
    assertThat(found(both + " and meta.lastModified gt \"2020-01-01T00:00:00Z\"")).hasSize(2);
    assertThat(found(both + " and meta.created ge \"2999-01-01T00:00:00+09:00\"")).isEmpty();
    assertThat(
            found(
                "userName eq \""
                    + name
                    + "\" or userName eq \""
                    + other
                    + "\" and active eq false"))
        .as("and binds closer")
        .containsExactly(id);
    assertThat(found("userName eq \"x' OR 1=1 --\" or userName eq \"" + name + "\""))
        .containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "userName",
        "userName eq",
        "userName eq x",
        "userName eq \"x",
        "userName is \"x\"",
        "title eq \"x\"",
        "not userName eq \"a\"",
        "(userName eq \"a\"",
        "userName eq \"a\")",
        "userName eq \"a\" and",
        "userName eq \"a\" or or active eq true",
        "userName eq \"a\" active eq true",
        "1 eq 1",
        "active gt true",
        "active eq \"maybe\"",
        "id sw \"1\"",
        "meta.created gt \"yesterday\"",
        "emails[type eq \"work\"",
        "emails[addresses[type eq \"work\"]]",
        "emails[title eq \"x\"]",
        "userName eq \"a\"; DROP TABLE users.users",
        "userName eq \"\\u00\"",
      })
  void otherFiltersAreInvalid(String filter) {
    expectError(scim.find("/Users", filter), 400, "invalidFilter");
  }

  @Test
  void endlessFiltersAreInvalid() {
    expectError(scim.find("/Users", "a".repeat(4_001)), 400, "invalidFilter");
    String term = "active eq true";
    expectError(scim.find("/Users", term + (" or " + term).repeat(50)), 400, "invalidFilter");
    expectError(scim.find("/Users", "(".repeat(11) + term + ")".repeat(11)), 400, "invalidFilter");
    scim.find("/Users", "(".repeat(10) + term + ")".repeat(10)).expect(200);
  }

  @Test
  void listIsPagedFromOneAndBounded() {
    create(freshAddress());
    create(freshAddress());

    Answer first = scim.get("/Users?startIndex=1&count=1").expect(200);
    Answer second = scim.get("/Users?startIndex=2&count=1").expect(200);
    assertThat(first.at("/itemsPerPage").asInt()).isEqualTo(1);
    assertThat(second.at("/startIndex").asInt()).isEqualTo(2);
    assertThat(second.at("/Resources/0/id")).isNotEqualTo(first.at("/Resources/0/id"));
    assertThat(first.at("/totalResults").asInt()).isGreaterThan(2);
    Answer counted = scim.get("/Users?count=0").expect(200);
    assertThat(counted.at("/totalResults").asInt()).isPositive();
    assertThat(counted.at("/Resources").isEmpty()).isTrue();
    assertThat(scim.get("/Users?startIndex=-5&count=-5").expect(200).at("/startIndex").asInt())
        .isEqualTo(1);
    assertThat(
            scim.get("/Users?startIndex=2147483647&count=1").expect(200).at("/Resources").isEmpty())
        .isTrue();
    assertThat(scim.get("/Users?count=100000").expect(200).at("/itemsPerPage").asInt())
        .isLessThanOrEqualTo(200);
    expectError(scim.get("/Users?count=many"), 400, "invalidValue");
  }

  @Test
  void attributesCanBeChosen() {
    String id = create(freshAddress()).at("/id").asString();

    Answer few = scim.get("/Users/" + id + "?attributes=userName").expect(200);
    assertThat(few.json().propertyNames()).containsExactlyInAnyOrder("schemas", "id", "userName");
    Answer most = scim.get("/Users/" + id + "?excludedAttributes=emails,id").expect(200);
    assertThat(most.json().has("emails")).isFalse();
    assertThat(most.json().has("id")).isTrue();
  }

  @Test
  void takenNamesAndIdsConflictAsUniqueness() {
    String name = freshAddress();
    create(name);
    TestUser local = users().user();

    expectError(post(name.toUpperCase(Locale.ROOT), "other-" + name), 409, "uniqueness");
    expectError(post("x" + name, "ext-" + name), 409, "uniqueness");
    expectError(post(local.username(), "local-" + name), 409, "uniqueness");
  }

  @Test
  void entraDisablesWithACapitalAndATextAndEveryKeyEnds() throws SQLException {
    String id = create(freshAddress()).at("/id").asString();
    Answer key =
        as(admin).post("/api/v1/api-keys", object("name", "x", "user_id", Long.valueOf(id)));
    String text = key.expect(201).at("/key").asString();
    assertThat(knownToEveryService(text)).isTrue();

    Answer disabled =
        scim.patch("/Users/" + id, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}")
            .expect(200);

    assertThat(disabled.at("/active").asBoolean()).isFalse();
    assertThat(knownToEveryService(text)).isFalse();
    anonymous().as(text).get("/api/v1/users/me").expectProblem(401, "unauthenticated");
    scim.patch("/Users/" + id, "{\"op\":\"Add\",\"path\":\"active\",\"value\":\"True\"}")
        .expect(200);
    anonymous().as(text).get("/api/v1/users/me").expect(200);
  }

  @Test
  void oktaPatchesWithoutAPath() {
    String id = create(freshAddress()).at("/id").asString();

    Answer patched =
        scim.patch(
                "/Users/" + id,
                "{\"op\":\"replace\",\"value\":{\"id\":\"%s\",\"active\":false,\"displayName\":\"새 이름\"}}"
                    .formatted(id))
            .expect(200);

    assertThat(patched.at("/active").asBoolean()).isFalse();
    assertThat(patched.at("/displayName").asString()).isEqualTo("새 이름");
    assertThat(as(admin).get("/api/v1/users/" + id).at("/disabled_at").isNull()).isFalse();
  }

  @Test
  void patchReachesEveryAttributeAndRemoves() {
    String name = freshAddress();
    String id = create(name).at("/id").asString();

    Answer patched =
        scim.patch(
                "/Users/" + id,
                "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"new-%s\"}"
                    .formatted(name),
                "{\"op\":\"add\",\"path\":\"name.formatted\",\"value\":\"New Name\"}",
                "{\"op\":\"replace\",\"path\":\""
                    + CORE
                    + ":userName\",\"value\":\"new-%s\"}".formatted(name),
                "{\"op\":\"replace\",\"value\":{\"preferredLanguage\":\"en-US\",\"title\":\"x\"}}",
                "{\"op\":\"add\",\"path\":\"addresses[type eq \\\"work\\\"].formatted\",\"value\":\"x\"}",
                "{\"op\":\"add\",\"path\":\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department\",\"value\":\"x\"}",
                "{\"op\":\"remove\",\"path\":\"displayName\"}",
                "{\"op\":\"remove\",\"path\":\"externalId\"}")
            .expect(200);

    assertThat(patched.at("/emails/0/value").asString()).isEqualTo("new-" + name);
    assertThat(patched.at("/userName").asString()).isEqualTo("new-" + name);
    assertThat(patched.at("/name/formatted").asString()).isEqualTo("New Name");
    assertThat(patched.at("/preferredLanguage").asString()).isEqualTo("en");
    assertThat(patched.at("/displayName").asString()).as("the other name").isEqualTo("New Name");
    assertThat(patched.json().has("externalId")).isFalse();
  }

  @Test
  void putKeepsWhatItMustNotTouchAndClearsTheRest() {
    String name = freshAddress();
    String id = create(name).at("/id").asString();
    as(admin).patch("/api/v1/users/" + id, object("dept_code", "AI9")).expect(200);
    scim.patch("/Users/" + id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")
        .expect(200);

    Answer replaced =
        scim.send("PUT", "/Users/" + id, object("userName", name, "displayName", "둘")).expect(200);

    assertThat(replaced.at("/displayName").asString()).isEqualTo("둘");
    assertThat(replaced.json().has("emails")).isFalse();
    assertThat(replaced.at("/active").asBoolean()).as("not enabled by accident").isFalse();
    assertThat(replaced.at("/externalId").asString()).isEqualTo("ext-" + name);
    assertThat(replaced.at("/groups/0/value").asString()).isEqualTo("AI9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"} | invalidValue",
        "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"a b\"} | invalidValue",
        "{\"op\":\"remove\",\"path\":\"userName\"} | invalidValue",
        "{\"op\":\"replace\",\"path\":\"userName\",\"value\":5} | invalidValue",
        "{\"op\":\"replace\",\"path\":\"emails\",\"value\":\"nobody\"} | invalidValue",
        "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"a\\u0000b\"} | invalidValue",
        "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"5\"} | mutability",
        "{\"op\":\"replace\",\"path\":\"groups\",\"value\":[]} | mutability",
        "{\"op\":\"replace\",\"path\":\"emails[type eq\",\"value\":\"x\"} | invalidPath",
        "{\"op\":\"replace\",\"path\":\"emails[value eq \\\"a@b.co\\\" or 1 eq 1]\",\"value\":\"x@y.co\"} | invalidPath",
        "{\"op\":\"replace\",\"path\":\"emails[title eq \\\"x\\\"].value\",\"value\":\"x@y.co\"} | invalidPath",
        "{\"op\":\"replace\",\"path\":\"emails\",\"value\":\"x@ex..com\"} | invalidValue",
        "{\"op\":\"replace\",\"value\":{\"id\":\"5\"}} | mutability",
        "{\"op\":\"replace\",\"path\":\"role\",\"value\":\"ADMIN\"} | invalidPath",
        "{\"op\":\"replace\",\"value\":{\"dept_code\":\"X\"}} | invalidPath",
        "{\"op\":\"remove\"} | noTarget",
        "{\"op\":\"replace\",\"value\":\"x\"} | invalidSyntax",
        "{\"op\":\"move\",\"path\":\"active\",\"value\":true} | invalidSyntax",
        "5 | invalidSyntax",
      })
  void badOperationsChangeNothing(String operation, String scimType) {
    Answer created = create(freshAddress());
    String path = "/Users/" + created.at("/id").asString();

    expectError(
        scim.patch(
            path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"x\"}", operation),
        400,
        scimType);

    assertThat(scim.get(path).json()).isEqualTo(created.json());
  }

  @Test
  void partsOfANameAreKeptAndMakeTheWholeOne() {
    String name = freshAddress();
    Answer created =
        scim.send(
                "POST",
                "/Users",
                "{\"userName\":\"%s\",\"name\":{\"formatted\":null,\"givenName\":\"Minsu\",\"familyName\":\"Kim\"}}"
                    .formatted(name))
            .expect(201);
    String path = "/Users/" + created.at("/id").asString();
    assertName(created, "Minsu Kim", "Minsu", "Kim");

    scim.patch(path, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"Lee\"}");
    assertName(scim.get(path), "Minsu Lee", "Minsu", "Lee");
    scim.patch(path, "{\"op\":\"replace\",\"value\":{\"name\":{\"givenName\":\"Mina\"}}}");
    assertName(scim.get(path), "Mina Lee", "Mina", "Lee");
    scim.patch(path, "{\"op\":\"replace\",\"path\":\"name.formatted\",\"value\":\"Dr. Lee\"}");
    assertName(scim.get(path), "Dr. Lee", "Mina", "Lee");
    scim.patch(path, "{\"op\":\"replace\",\"path\":\"name.formatted\",\"value\":null}");
    assertName(scim.get(path), "Mina Lee", "Mina", "Lee");
    scim.patch(path, "{\"op\":\"remove\",\"path\":\"name.givenName\"}");
    assertName(scim.get(path), "Lee", null, "Lee");
    assertThat(found("name.familyName eq \"lee\" and userName eq \"" + name + "\"")).hasSize(1);
    scim.send("PUT", path, object("userName", name)).expect(200);
    assertThat(scim.get(path).json().has("name")).isFalse();
  }

  @Test
  void wholeNameOfUnknownPartsOutlivesOnePart() {
    String name = freshAddress();
    String path =
        "/Users/"
            + scim.send(
                    "POST",
                    "/Users",
                    object("userName", name, "name", object("formatted", "Minsu Kim")))
                .expect(201)
                .at("/id")
                .asString();

    scim.patch(path, "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"Kim\"}")
        .expect(200);

    assertName(scim.get(path), "Minsu Kim", null, "Kim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"김민수", "мария.иванова", "李雷@example.com", "ÉLODIE", "x123"})
  void userNamesAreInAnyScript(String word) {
    String name = word + NAMES.incrementAndGet() + "-" + System.nanoTime();
    Answer created = scim.send("POST", "/Users", object("userName", name)).expect(201);

    assertThat(created.at("/userName").asString()).isEqualTo(name.toLowerCase(Locale.ROOT));
    assertThat(found("userName eq \"" + name + "\"")).hasSize(1);
    expectError(scim.send("POST", "/Users", object("userName", name)), 409, "uniqueness");
  }

  @Test
  void nullActiveSaysNothing() {
    Answer created =
        scim.send("POST", "/Users", "{\"userName\":\"" + freshAddress() + "\",\"active\":null}")
            .expect(201);
    String path = "/Users/" + created.at("/id").asString();
    assertThat(created.at("/active").asBoolean()).isTrue();
    scim.patch(path, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}").expect(200);

    Answer patched =
        scim.patch(path, "{\"op\":\"replace\",\"value\":{\"active\":null}}").expect(200);

    assertThat(patched.at("/active").asBoolean()).isFalse();
  }

  @Test
  void namesInMessagesAreReadInAnyCase() {
    String path = "/Users/" + create(freshAddress()).at("/id").asString();

    Answer patched =
        scim.send(
                "PATCH",
                path,
                "{\"operations\":[{\"Op\":\"replace\",\"Path\":\"DISPLAYNAME\",\"Value\":\"둘\"}]}")
            .expect(200);

    assertThat(patched.at("/displayName").asString()).isEqualTo("둘");
  }

  @Test
  void addressThatIsOlderThanTheRuleStaysAndOthersAreChecked() throws SQLException {
    TestUser user = users().user();
    String path = "/Users/" + user.id();
    String old = "u%d@ex..com".formatted(user.id());
    run("UPDATE users.users SET email = '%s' WHERE id = %d".formatted(old, user.id()));

    as(user).patch("/api/v1/users/me", object("username_en", "Mina")).expect(200);
    scim.patch(path, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"미나\"}").expect(200);
    scim.send(
            "PUT",
            path,
            object("userName", user.username(), "emails", List.of(object("value", old))))
        .expect(200);

    assertThat(scim.get(path).at("/emails/0/value").asString()).isEqualTo(old);
    as(user)
        .patch("/api/v1/users/me", object("email", "other@ex..com"))
        .expectProblem(422, "validation_failed");
    expectError(
        scim.send(
            "POST",
            "/Users",
            object("userName", freshAddress(), "emails", List.of(object("value", "x@ex..com")))),
        400,
        "invalidValue");
  }

  @Test
  void meIsTheCallerAndSearchesCanBePosted() {
    assertThat(scim.get("/Me").expect(200).at("/id").asString())
        .isEqualTo(Long.toString(admin.id()));
    String name = freshAddress();
    create(name);

    Answer search =
        scim.send(
                "POST",
                "/Users/.search",
                object(
                    "schemas",
                    List.of("urn:ietf:params:scim:api:messages:2.0:SearchRequest"),
                    "filter",
                    "userName eq \"" + name + "\"",
                    "attributes",
                    List.of("userName"),
                    "startIndex",
                    1,
                    "count",
                    10))
            .expect(200);

    assertThat(search.at("/totalResults").asInt()).isEqualTo(1);
    assertThat(search.at("/Resources/0").propertyNames())
        .containsExactlyInAnyOrder("schemas", "id", "userName");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/scim/v2//Users", "/scim//v2/Users", "/scim/v2/Groups/a%2Fb"})
  void addressesThatTheServerRefusesHaveScimsShape(String path) {
    expectError(as(admin).get(path), 400, null);
  }

  @Test
  void brokenBodiesAreInvalidSyntax() {
    String path = "/Users/" + create(freshAddress()).at("/id").asString();

    expectError(scim.send("POST", "/Users", "{"), 400, "invalidSyntax");
    expectError(scim.send("POST", "/Users", "[]"), 400, "invalidSyntax");
    expectError(scim.send("POST", "/Users", ""), 400, "invalidSyntax");
    expectError(scim.send("POST", "/Users", "{}"), 400, "invalidValue");
    expectError(scim.send("PATCH", path, "{\"Operations\":[]}"), 400, "invalidSyntax");
    expectError(scim.send("PATCH", path, "{}"), 400, "invalidSyntax");
    String operation = "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}";
    expectError(scim.patch(path, (operation + ",").repeat(100) + operation), 400, "tooMany");
    expectError(
        scim.send("POST", "/Users", "{\"userName\":\"" + "x".repeat(4 << 20) + "\"}"), 413, null);
  }

  @Test
  void tagsAreTruthful() {
    Answer created = create(freshAddress());
    String path = "/Users/" + created.at("/id").asString();
    String tag = String.valueOf(created.header("ETag"));

    scim.get(path, "If-None-Match", tag).expect(304);
    Answer changed =
        scim.send(
                "PUT",
                path,
                object("userName", created.at("/userName").asString(), "displayName", "새"),
                "If-Match",
                tag)
            .expect(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
    expectError(scim.send("DELETE", path, null, "If-Match", tag), 412, null);
    scim.get(path, "If-None-Match", tag).expect(200);
  }

  @Test
  void deletedUserIs404AndItsNameIsFree() {
    String name = freshAddress();
    String path = "/Users/" + create(name).at("/id").asString();

    scim.send("DELETE", path, null).expect(204);

    expectError(scim.get(path), 404, null);
    expectError(scim.send("DELETE", path, null), 404, null);
    expectError(scim.send("PUT", path, object("userName", name)), 404, null);
    assertThat(scim.find("/Users", "userName eq \"" + name + "\"").at("/totalResults").asInt())
        .isZero();
    create(name);
    for (String id : List.of("x", "-1", "99999999999999999999", "1.5")) {
      expectError(scim.get("/Users/" + id), 404, null);
    }
  }

  @Test
  void ownerOfAgentsIsKeptWithTheReason() throws SQLException {
    TestUser owner = users().user();
    run(
        "INSERT INTO agents.agents (owner_id, name, framework) VALUES (%d, 'x', 'ADK')"
            .formatted(owner.id()));

    Answer refused = expectError(scim.send("DELETE", "/Users/" + owner.id(), null), 409, null);

    assertThat(refused.at("/detail").asString()).contains("agent-service");
    as(owner).get("/api/v1/users/me").expect(200);
  }

  @Test
  void directoryVouchesForThoseWhoWait() {
    TestUser pending = users().make(Role.PENDING, null);

    scim.patch(
            "/Users/" + pending.id(),
            "{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"e-%d\"}".formatted(pending.id()))
        .expect(200);

    assertThat(as(admin).get("/api/v1/users/" + pending.id()).at("/role").asString())
        .isEqualTo("USER");
  }

  @Test
  void userMadeInactiveIsDisabledFromTheStart() {
    String name = freshAddress();
    Answer created =
        scim.send("POST", "/Users", object("userName", name, "active", false)).expect(201);

    assertThat(created.at("/active").asBoolean()).isFalse();
    assertThat(
            as(admin)
                .get("/api/v1/users/" + created.at("/id").asString())
                .at("/disabled_at")
                .isNull())
        .isFalse();
  }

  @Test
  void onlyAdministratorsComeInAndRefusalsHaveScimsShape() {
    expectError(new ScimClient(anonymous()).get("/Users"), 401, null);
    Answer wrong = expectError(new ScimClient(anonymous().as("a2g_x")).get("/Users"), 401, null);
    assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
    expectError(new ScimClient(anonymous().as(ApiKey.generate().text())).get("/Users"), 401, null);
    expectError(new ScimClient(as(users().user())).get("/Users"), 403, null);
    expectError(new ScimClient(as(users().make(Role.PENDING, null))).get("/Users"), 403, null);
    expectError(scim.get("/Bulk"), 404, null);
    expectError(scim.send("DELETE", "/Users", null), 405, null);
    expectError(
        new ScimClient(as(users().user())).send("POST", "/Users", object("userName", "x")),
        403,
        null);
  }

  @Test
  void keyOfTheDirectoryNeedsTheseScopes() {
    ScimClient directory = withScopes("users:read", "users:write", "platform:admin");
    String name = freshAddress();
    directory.send("POST", "/Users", object("userName", name)).expect(201);

    ScimClient looking = withScopes("users:read", "platform:admin");
    looking.find("/Users", "userName eq \"" + name + "\"").expect(200);
    looking.send("POST", "/Users/.search", object("filter", "userName eq \"x\"")).expect(200);
    looking.send("POST", "/Groups/.search", object("count", 1)).expect(200);
    expectError(looking.send("POST", "/Users", object("userName", "x" + name)), 403, null);
    expectError(withScopes("users:read", "users:write").get("/Users"), 403, null);
    expectError(withScopes("agents:write", "platform:admin").get("/Users"), 403, null);
  }

  private List<String> found(String filter) {
    return scim.find("/Users", filter)
        .expect(200)
        .at("/Resources")
        .valueStream()
        .map(user -> user.path("id").asString())
        .toList();
  }

  private static void assertName(
      Answer user, @Nullable String whole, @Nullable String given, @Nullable String family) {
    assertThat(user.at("/name/formatted").asString(null)).isEqualTo(whole);
    assertThat(user.at("/name/givenName").asString(null)).isEqualTo(given);
    assertThat(user.at("/name/familyName").asString(null)).isEqualTo(family);
  }

  private ScimClient withScopes(String... scopes) {
    Answer key =
        as(admin).post("/api/v1/api-keys", object("name", "directory", "scopes", List.of(scopes)));
    return new ScimClient(anonymous().as(key.expect(201).at("/key").asString()));
  }

  private Answer create(String name) {
    return post(name, "ext-" + name).expect(201);
  }

  private Answer post(String name, String externalId) {
    return scim.send(
        "POST",
        "/Users",
        object(
            "schemas",
            List.of(CORE),
            "userName",
            name,
            "externalId",
            externalId,
            "displayName",
            "하나",
            "active",
            true,
            "emails",
            List.of(object("value", externalId.substring(4), "type", "work"))));
  }

  private boolean knownToEveryService(String key) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.prepareStatement("SELECT * FROM users.caller_of_key(?)")) {
      statement.setBytes(1, ApiKey.parse(key).orElseThrow().sha256());
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String freshAddress() {
    return "d%d-%d@example.com".formatted(NAMES.incrementAndGet(), System.nanoTime());
  }
}
