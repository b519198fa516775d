package io.a2g.agent.registry.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.agent.AgentIT;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AgentApiIT extends AgentIT {

  @Test
  void createStoresEverythingAndAnswersWithLocationAndTag() throws Exception {
    TestUser owner = users().make(Role.USER, "AI1");
    execute("UPDATE users.users SET username_kr = '김민수' WHERE id = " + owner.id());

    Answer created =
        as(owner)
            .post(
                AGENTS,
                agent(
                    "description", "Finds things",
                    "visibility", "TEAM",
                    "capabilities", List.of(object("name", "search", "tags", List.of("a", "b")))))
            .expect(201);

    assertThat(created.header("Location")).isEqualTo(AGENTS + "/" + created.id());
    assertThat(created.header("ETag")).isEqualTo("\"0\"");
    assertThat(created.at("/status").asString()).isEqualTo("DEVELOPMENT");
    assertThat(created.at("/visibility").asString()).isEqualTo("TEAM");
    assertThat(created.at("/owner_id").asLong()).isEqualTo(owner.id());
    assertThat(created.at("/owner_dept_code").asString()).isEqualTo("AI1");
    assertThat(created.at("/owner/username").asString()).isEqualTo(owner.username());
    assertThat(created.at("/owner/username_kr").asString()).isEqualTo("김민수");
    assertThat(created.at("/capabilities/0/tags/1").asString()).isEqualTo("b");
    Answer read = as(owner).get(AGENTS + "/" + created.id()).expect(200);
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.header("ETag")).isEqualTo("\"0\"");
  }

  @Test
  void createWithTheLeastStartsPrivateAndEmpty() {
    Answer created =
        as(users().user())
            .post(AGENTS, object("name", freshName(), "framework", "CUSTOM"))
            .expect(201);

    assertThat(created.at("/visibility").asString()).isEqualTo("PRIVATE");
    assertThat(created.at("/endpoint_url").isNull()).isTrue();
    assertThat(created.at("/owner_dept_code").isNull()).isTrue();
    assertThat(created.at("/capabilities").isEmpty()).isTrue();
  }

  @Test
  void createForAnUnknownOrDeletedOwnerStoresNothing() {
    TestUser admin = users().admin();
    TestUser gone = users().user();
    users().delete(gone);

    for (long owner : List.of(999_999_999L, gone.id())) {
      as(admin)
          .post(AGENTS, agent("owner_id", owner))
          .expectProblem(422, "reference_not_found", "owner_id");
      assertThat(ids(admin, AGENTS + "?owner_id=" + owner)).isEmpty();
    }
  }

  @Test
  void createForAnotherUserIsForAdministrators() {
    TestUser owner = users().make(Role.USER, "AI7");

    as(users().user()).post(AGENTS, agent("owner_id", owner.id())).expectProblem(403, "forbidden");
    Answer created = as(users().admin()).post(AGENTS, agent("owner_id", owner.id())).expect(201);

    assertThat(created.at("/owner_dept_code").asString()).isEqualTo("AI7");
    as(owner).patch(AGENTS + "/" + created.id(), object("description", "mine")).expect(200);
  }

  @Test
  void createWithANameTheOwnerHasConflictsInAnyCase() {
    TestUser owner = users().user();
    String name = freshName();
    String first = register(owner, "name", name);

    as(owner)
        .post(AGENTS, agent("name", "\u3000" + name.toUpperCase(Locale.ROOT) + " "))
        .expectProblem(409, "already_exists", "name");
    refused(owner, "name", "name", name + "\u200b");
    refused(owner, "name", "name", "\u202e");
    as(users().user()).post(AGENTS, agent("name", name, "framework", "LANGGRAPH")).expect(201);
    as(owner).delete(first).expect(204);
    as(owner).post(AGENTS, agent("name", name)).expect(201);

    as(owner).post(first + "/restore", "").expectProblem(409, "already_exists", "name");
  }

  @Test
  void createTwiceAtOnceWithOneNameMakesOne() {
    TestUser owner = users().user();
    Map<String, Object> body = agent();

    var attempts =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> as(owner).post(AGENTS, body).status()))
            .limit(4)
            .toList();

    assertThat(attempts.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder(201, 409, 409, 409);
  }

  @Test
  void createRepeatedWithOneIdempotencyKeyMakesOne() {
    TestUser owner = users().user();
    Map<String, Object> body = agent();

    Answer first = as(owner).post(AGENTS, body, "Idempotency-Key", "k1").expect(201);
    Answer second = as(owner).post(AGENTS, body, "Idempotency-Key", "k1").expect(201);

    assertThat(second.json()).isEqualTo(first.json());
    assertThat(ids(owner, AGENTS + "?owner_id=" + owner.id())).containsExactly(first.id());
    as(owner)
        .post(AGENTS, agent(), "Idempotency-Key", "k1")
        .expectProblem(422, "idempotency_key_reused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "[]",
        "{'name': 'x', 'framework': 'ADK'}",
        "{\"name\": \"x\", \"name\": \"y\", \"framework\": \"ADK\"}",
        "{\"name\": 5, \"framework\": \"ADK\"}",
        "{\"name\": \"x\", \"framework\": \"adk\"}",
        "{\"name\": \"x\", \"framework\": 1}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"status\": \"DEPLOYED\"}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"visibility\": \"ALL\"}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"owner_id\": \"1\"}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"owner_id\": 1.5}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"owner_id\": 99999999999999999999}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"capabilities\": {}}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"capabilities\": [\"search\"]}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"capabilities\": [{\"name\": \"a\", \"x\": 1}]}",
        "{\"name\": \"x\\u0000y\", \"framework\": \"ADK\"}",
        "{\"name\": \"x\", \"framework\": \"ADK\", \"description\": \"\\ud800\"}",
      })
  void createFromABodyThatDoesNotFitIs400(String body) {
    Answer answer = as(users().user()).post(AGENTS, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
  }

  @Test
  void createThatBreaksARuleIs422AndNamesTheField() {
    TestUser owner = users().user();

    refused(owner, "name", "name", " ");
    refused(owner, "name", "name", "x".repeat(101));
    refused(owner, "framework", "framework", null);
    refused(owner, "description", "description", "x".repeat(2001));
    refused(owner, "endpoint_url", "endpoint_url", "ftp://agent.example/");
    refused(owner, "endpoint_url", "endpoint_url", "http://user:secret@agent.example/");
    refused(owner, "endpoint_url", "endpoint_url", "http://a/" + "x".repeat(2000));
    assertThat(ids(owner, AGENTS + "?owner_id=" + owner.id())).isEmpty();
  }

  private void refused(TestUser owner, String field, String name, Object value) {
    as(owner).post(AGENTS, agent(name, value)).expectProblem(422, "validation_failed", field);
  }

  @Test
  void getOfWhatIsNotForTheCallerLooksLikeAMissingOne() {
    TestUser owner = users().user();
    TestUser other = users().user();
    String path = register(owner, "visibility", "PUBLIC");

    as(other).get(path).expectProblem(404, "not_found");
    as(other).get(AGENTS + "/999999999").expectProblem(404, "not_found");
    as(other).patch(path, object("name", "x")).expectProblem(404, "not_found");
    as(other).delete(path).expectProblem(404, "not_found");
    as(users().admin()).get(path).expect(200);
  }

  @Test
  void getStillShowsAnAgentWhoseOwnerIsDeleted() {
    TestUser owner = users().user();
    String path = register(owner);
    users().delete(owner);

    Answer read = as(users().admin()).get(path).expect(200);

    assertThat(read.at("/owner/username").asString()).isEqualTo(owner.username());
  }

  @Test
  void getShowsTheOwnersEmailToReadersOfTheUserOnly() throws Exception {
    TestUser owner = users().make(Role.USER, "AI9");
    TestUser limited = users().user();
    String email = owner.username() + "@mail.example";
    execute("UPDATE users.users SET email = '%s' WHERE id = %d".formatted(email, owner.id()));
    execute("UPDATE users.api_keys SET scopes = '{agents:read}' WHERE user_id = " + limited.id());
    String path = deployed(owner, "PUBLIC");
    TestUser admin = users().admin();
    long limitedAgent = as(admin).post(AGENTS, agent("owner_id", limited.id())).expect(201).id();

    assertThat(email(owner, path)).isEqualTo(email);
    assertThat(email(admin, path)).isEqualTo(email);
    assertThat(email(users().make(Role.USER, "AI9"), path)).isNull();
    assertThat(email(users().user(), path)).isNull();
    // Without the scope users:read the own profile cannot be read either.
    execute(
        "UPDATE users.users SET email = 'x%1$d@mail.example' WHERE id = %1$d"
            .formatted(limited.id()));
    assertThat(email(limited, AGENTS + "/" + limitedAgent)).isNull();
    assertThat(email(admin, AGENTS + "/" + limitedAgent)).isNotNull();
    assertThat(
            as(owner)
                .get(AGENTS + "?owner_id=" + owner.id())
                .expect(200)
                .at("/items/0/owner/email")
                .isNull())
        .isTrue();
  }

  private @Nullable String email(TestUser reader, String path) {
    JsonNode email = as(reader).get(path).expect(200).at("/owner/email");
    return email.isNull() ? null : email.asString();
  }

  @Test
  void getTakesAnIdOnly() {
    TestUser user = users().user();

    as(user).get(AGENTS + "/abc").expectProblem(400, "invalid_parameter", "id");
    as(user).get(AGENTS + "/99999999999999999999").expectProblem(400, "invalid_parameter", "id");
    as(user).get(AGENTS + "/-1").expectProblem(404, "not_found");
    anonymous().get(AGENTS + "/1").expectProblem(401, "unauthenticated");
  }

  @Test
  void pendingUserSeesNoAgents() {
    TestUser pending = users().make(Role.PENDING, null);

    as(pending).get(AGENTS).expectProblem(403, "forbidden");
    as(pending).post(AGENTS, agent()).expectProblem(403, "forbidden");
  }

  @Test
  void listShowsTheOwnAgentsOnceAcrossPagesNewestFirst() {
    TestUser owner = users().user();
    List<Long> made = Stream.generate(() -> idOf(register(owner))).limit(5).toList().reversed();

    List<Long> seen = ids(owner, AGENTS + "?limit=2&owner_id=" + owner.id());

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void listFilters() {
    TestUser owner = users().user();
    long adk = idOf(register(owner, "framework", "ADK"));
    long agno = idOf(register(owner, "framework", "AGNO"));
    long deployed = idOf(deployed(owner, "PUBLIC"));
    String own = AGENTS + "?owner_id=" + owner.id();

    assertThat(ids(owner, own + "&framework=AGNO")).containsExactly(agno);
    assertThat(ids(owner, own + "&status=DEVELOPMENT")).containsExactly(agno, adk);
    assertThat(ids(users().user(), own)).containsExactly(deployed);
    assertThat(ids(users().admin(), own)).containsExactly(deployed, agno, adk);
    assertThat(ids(users().admin(), own + "&status=DEVELOPMENT&framework=ADK"))
        .containsExactly(adk);
  }

  @Test
  void listTellsOwnersNames() {
    TestUser owner = users().user();
    deployed(owner, "PUBLIC");

    Answer page = as(users().user()).get(AGENTS + "?owner_id=" + owner.id()).expect(200);

    assertThat(page.at("/items/0/owner/username").asString()).isEqualTo(owner.username());
    assertThat(page.at("/items/0/capabilities").isArray()).isTrue();
  }

  @Test
  void handOverEndsTheAccessOfTheOldTeamAndIsInTheAudit() throws Exception {
    TestUser owner = users().make(Role.USER, "H1");
    TestUser colleague = users().make(Role.USER, "H1");
    TestUser heir = users().make(Role.USER, "H2");
    String path = deployed(owner, "TEAM");
    as(colleague).get(path).expect(200);

    execute("SELECT agents.hand_over('users.users', %d, %d)".formatted(owner.id(), heir.id()));

    as(colleague).get(path).expectProblem(404, "not_found");
    as(owner).get(path).expectProblem(404, "not_found");
    Answer inherited = as(heir).get(path).expect(200);
    assertThat(inherited.at("/visibility").asString()).isEqualTo("PRIVATE");
    Answer events =
        as(users().admin())
            .get("/api/v1/audit-events?action=agent.handed_over&resource_id=" + inherited.id())
            .expect(200);
    assertThat(events.at("/items/0/before/owner_dept_code").asString()).isEqualTo("H1");
    assertThat(events.at("/items/0/after/owner_id").asLong()).isEqualTo(heir.id());
  }

  @Test
  void listWithABadParameterIs400() {
    TestUser owner = users().user();
    register(owner);
    register(owner);
    String cursor =
        as(owner).get(AGENTS + "?limit=1&owner_id=" + owner.id()).at("/next_cursor").asString();

    for (String bad : List.of("limit=0", "limit=201", "limit=-1", "limit=x")) {
      as(owner).get(AGENTS + "?" + bad).expectProblem(400, "invalid_parameter", "limit");
    }
    as(owner).get(AGENTS + "?status=GONE").expectProblem(400, "invalid_parameter", "status");
    as(owner).get(AGENTS + "?framework=adk").expectProblem(400, "invalid_parameter", "framework");
    as(owner).get(AGENTS + "?owner_id=me").expectProblem(400, "invalid_parameter", "owner_id");
    as(owner).get(AGENTS + "?cursor=AAAA").expectProblem(400, "invalid_cursor");
    as(owner).get(AGENTS + "?cursor=" + cursor).expectProblem(400, "invalid_cursor");
  }

  @Test
  void patchChangesWhatItNamesAndClearsWithNull() {
    TestUser owner = users().user();
    String path = register(owner, "description", "old");
    String name = freshName();

    Answer patched =
        as(owner).patch(path, "{\"name\": \"" + name + "\", \"description\": null}").expect(200);

    assertThat(patched.at("/name").asString()).isEqualTo(name);
    assertThat(patched.at("/description").isNull()).isTrue();
    assertThat(patched.at("/framework").asString()).isEqualTo("ADK");
    assertThat(patched.header("ETag")).isEqualTo("\"1\"");
    assertThat(patched.at("/updated_at").asString())
        .isGreaterThan(patched.at("/created_at").asString());
  }

  @Test
  void patchWithAStaleTagIs412AndChangesNothing() {
    TestUser owner = users().user();
    String path = register(owner);
    as(owner).patch(path, object("description", "one"), "If-Match", "\"0\"").expect(200);

    as(owner)
        .patch(path, object("description", "two"), "If-Match", "\"0\"")
        .expectProblem(412, "precondition_failed");
    as(owner).delete(path, "If-Match", "\"0\"").expectProblem(412, "precondition_failed");

    assertThat(as(owner).get(path).at("/description").asString()).isEqualTo("one");
  }

  @Test
  void patchOfWhatCannotBeEditedIsRefused() {
    TestUser owner = users().user();
    String path = register(owner);

    for (String field : List.of("status", "owner_id", "id", "version", "deleted_at", "owner")) {
      as(owner).patch(path, object(field, "ARCHIVED")).expectProblem(400, "invalid_body", field);
    }
    as(owner).patch(path, object("visibility", "ALL")).expectProblem(400, "invalid_body");
    as(owner).patch(path, "[]").expectProblem(400, "invalid_body");
    for (String field : List.of("name", "framework", "visibility", "capabilities")) {
      as(owner)
          .patch(path, "{\"" + field + "\": null}")
          .expectProblem(422, "validation_failed", field);
    }
    assertThat(as(owner).get(path).header("ETag")).isEqualTo("\"0\"");
  }

  @Test
  void patchOfDifferentFieldsAtOnceKeepsBoth() {
    TestUser owner = users().user();
    String path = register(owner);

    var one =
        CompletableFuture.supplyAsync(() -> as(owner).patch(path, object("description", "d")));
    var two =
        CompletableFuture.supplyAsync(() -> as(owner).patch(path, object("framework", "AGNO")));
    one.join().expect(200);
    two.join().expect(200);

    Answer read = as(owner).get(path);
    assertThat(read.at("/description").asString()).isEqualTo("d");
    assertThat(read.at("/framework").asString()).isEqualTo("AGNO");
    assertThat(read.header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void deletedAgentIsGoneForOthersUntilRestored() {
    TestUser owner = users().user();
    TestUser other = users().user();
    String path = deployed(owner, "PUBLIC");

    as(owner).delete(path).expect(204);
    as(owner).delete(path).expectProblem(404, "not_found");
    as(owner).patch(path, object("name", "x")).expectProblem(404, "not_found");
    as(owner).post(path + "/undeploy", "").expectProblem(404, "not_found");
    as(other).get(path).expectProblem(404, "not_found");
    as(other).post(path + "/restore", "").expectProblem(404, "not_found");
    assertThat(as(owner).get(path).expect(200).at("/deleted_at").isNull()).isFalse();
    String own = AGENTS + "?owner_id=" + owner.id();
    assertThat(ids(owner, own)).isEmpty();
    assertThat(ids(owner, own + "&deleted=true")).containsExactly(idOf(path));
    assertThat(ids(other, own + "&deleted=true")).isEmpty();

    Answer restored = as(owner).post(path + "/restore", "").expect(200);

    assertThat(restored.at("/deleted_at").isNull()).isTrue();
    as(other).get(path).expect(200);
  }

  @Test
  void restoreWhenTheOwnerIsGoneOrThirtyDaysAreOverIsRefused() throws Exception {
    TestUser owner = users().user();
    TestUser admin = users().admin();
    String path = register(owner);
    as(owner).delete(path).expect(204);

    users().delete(owner);
    as(admin).post(path + "/restore", "").expectProblem(422, "reference_not_found", "owner_id");
    execute("UPDATE users.users SET deleted_at = NULL WHERE id = " + owner.id());
    execute(
        "UPDATE agents.agents SET deleted_at = now() - interval '31 days' WHERE id = "
            + idOf(path));

    as(admin).post(path + "/restore", "").expectProblem(409, "conflict");
  }
}
