package io.a2g.agent.registry.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.agent.AgentIT;
import io.a2g.common.security.Role;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifeCycleIT extends AgentIT {

  @Test
  void agentGoesThroughItsLife() {
    TestUser owner = users().user();
    String path = register(owner);

    Answer deployed = as(owner).post(path + "/deploy", object("visibility", "PUBLIC")).expect(200);
    assertThat(deployed.at("/status").asString()).isEqualTo("DEPLOYED");
    assertThat(deployed.at("/visibility").asString()).isEqualTo("PUBLIC");
    assertThat(deployed.header("ETag")).isEqualTo("\"1\"");
    Answer undeployed = as(owner).post(path + "/undeploy", "{}").expect(200);
    assertThat(undeployed.at("/status").asString()).isEqualTo("DEVELOPMENT");
    assertThat(undeployed.at("/visibility").asString()).isEqualTo("PRIVATE");
    step(owner, path, "disable", "DISABLED");
    step(owner, path, "undeploy", "DEVELOPMENT");
    step(owner, path, "archive", "ARCHIVED");
  }

  private void step(TestUser caller, String path, String operation, String status) {
    Answer answer = as(caller).send("POST", path + "/" + operation, null).expect(200);
    assertThat(answer.at("/status").asString()).isEqualTo(status);
  }

  @Test
  void stepThatTheLifeCycleDoesNotHaveConflictsAndLeavesNoTrace() {
    TestUser owner = users().user();
    String path = register(owner);

    conflict(owner, path, "undeploy");
    as(owner).post(path + "/deploy", object("visibility", "PUBLIC")).expect(200);
    conflict(owner, path, "deploy");
    step(owner, path, "disable", "DISABLED");
    conflict(owner, path, "deploy");
    conflict(owner, path, "disable");
    step(owner, path, "archive", "ARCHIVED");
    for (String operation : List.of("deploy", "undeploy", "disable", "archive")) {
      conflict(owner, path, operation);
    }

    assertThat(ids(owner, path + "/status-changes?limit=200")).hasSize(3);
  }

  private void conflict(TestUser caller, String path, String operation) {
    Object body = operation.equals("deploy") ? object("visibility", "TEAM") : "{}";
    as(caller).post(path + "/" + operation, body).expectProblem(409, "conflict");
  }

  @Test
  void everyChangeIsKeptWithWhoAndWhy() {
    TestUser owner = users().user();
    TestUser admin = users().admin();
    String path = register(owner);
    as(owner).post(path + "/deploy", object("visibility", "PUBLIC", "reason", "검토 완료")).expect(200);
    as(admin).post(path + "/disable", object("reason", "leaks")).expect(200);
    as(owner).post(path + "/undeploy", "").expect(200);

    Answer history = as(owner).get(path + "/status-changes").expect(200);

    assertThat(history.at("/items").size()).isEqualTo(3);
    assertThat(history.at("/items/0/reason").isNull()).isTrue();
    assertThat(history.at("/items/1/from_status").asString()).isEqualTo("DEPLOYED");
    assertThat(history.at("/items/1/to_status").asString()).isEqualTo("DISABLED");
    assertThat(history.at("/items/1/changed_by").asLong()).isEqualTo(admin.id());
    assertThat(history.at("/items/1/changed_at").asString()).endsWith("Z");
    assertThat(history.at("/items/2/reason").asString()).isEqualTo("검토 완료");
    assertThat(ids(owner, path + "/status-changes?limit=1")).hasSize(3);
  }

  @Test
  void historyIsForWhoMayChangeTheAgent() {
    TestUser owner = users().user();
    String path = deployed(owner, "PUBLIC");

    as(users().user()).get(path + "/status-changes").expectProblem(403, "forbidden");
    as(users().admin()).get(path + "/status-changes").expect(200);
    String cursor = as(owner).get(AGENTS + "?limit=1").at("/next_cursor").asString("");
    as(owner)
        .get(path + "/status-changes?cursor=" + cursor + "x")
        .expectProblem(400, "invalid_cursor");
  }

  @Test
  void teamAgentIsForTheOwnersDepartmentOnly() {
    String dept = "T" + System.nanoTime();
    TestUser owner = users().make(Role.USER, dept);
    TestUser colleague = users().make(Role.USER, dept);
    TestUser stranger = users().make(Role.USER, dept + "x");
    TestUser nobody = users().user();
    String path = deployed(owner, "TEAM");
    String own = AGENTS + "?owner_id=" + owner.id();

    as(colleague).get(path).expect(200);
    assertThat(ids(colleague, own)).containsExactly(idOf(path));
    for (TestUser other : List.of(stranger, nobody)) {
      as(other).get(path).expectProblem(404, "not_found");
      assertThat(ids(other, own)).isEmpty();
    }
    as(colleague).patch(path, object("name", "x")).expectProblem(403, "forbidden");
    as(colleague).post(path + "/undeploy", "").expectProblem(403, "forbidden");
    as(colleague).delete(path).expectProblem(403, "forbidden");
  }

  @Test
  void visibilityCanBeNarrowedWhileDeployed() {
    TestUser owner = users().user();
    TestUser other = users().user();
    String path = deployed(owner, "PUBLIC");
    as(other).get(path).expect(200);

    as(owner).patch(path, object("visibility", "PRIVATE")).expect(200);

    as(other).get(path).expectProblem(404, "not_found");
    as(owner).get(path).expect(200);
  }

  @Test
  void deployTakesTheOwnersPresentDepartment() throws Exception {
    String dept = "P" + System.nanoTime();
    TestUser owner = users().make(Role.USER, dept + "old");
    String path = register(owner);
    execute("UPDATE users.users SET dept_code = '%s' WHERE id = %d".formatted(dept, owner.id()));

    as(owner).post(path + "/deploy", object("visibility", "TEAM")).expect(200);

    as(users().make(Role.USER, dept)).get(path).expect(200);
    as(users().make(Role.USER, dept + "old")).get(path).expectProblem(404, "not_found");
  }

  @Test
  void deployForATeamWithoutADepartmentOrWithoutAnEndpointIs422() {
    TestUser owner = users().user();
    String path = register(owner, "endpoint_url", null);

    as(owner)
        .post(path + "/deploy", object("visibility", "TEAM"))
        .expectProblem(422, "validation_failed", "visibility");
    as(owner)
        .post(path + "/deploy", object("visibility", "PUBLIC"))
        .expectProblem(422, "validation_failed", "endpoint_url");
    as(owner).patch(path, object("endpoint_url", "http://agent.example/")).expect(200);
    as(owner).post(path + "/deploy", object("visibility", "PUBLIC")).expect(200);

    as(owner)
        .patch(path, "{\"endpoint_url\": null}")
        .expectProblem(422, "validation_failed", "endpoint_url");
  }

  @Test
  void deployWithABadBodyIsRefused() {
    TestUser owner = users().user();
    String path = register(owner);

    as(owner).post(path + "/deploy", "").expect(400);
    as(owner).post(path + "/deploy", "{}").expectProblem(422, "validation_failed", "visibility");
    as(owner)
        .post(path + "/deploy", object("visibility", "PRIVATE"))
        .expectProblem(400, "invalid_body", "visibility");
    as(owner)
        .post(path + "/deploy", object("visibility", "PUBLIC", "reason", "x".repeat(501)))
        .expectProblem(422, "validation_failed", "reason");
    as(owner).post(path + "/archive", object("why", "x")).expectProblem(400, "invalid_body", "why");
    as(owner)
        .post(path + "/archive", "{}", "If-Match", "\"9\"")
        .expectProblem(412, "precondition_failed");

    assertThat(as(owner).get(path).at("/status").asString()).isEqualTo("DEVELOPMENT");
  }

  @Test
  void deployTwiceAtOnceHappensOnce() {
    TestUser owner = users().user();
    String path = register(owner);

    var one = deployment(owner, path);
    var two = deployment(owner, path);

    assertThat(List.of(one.join(), two.join())).containsExactlyInAnyOrder(200, 409);
    assertThat(ids(owner, path + "/status-changes?limit=200")).hasSize(1);
  }

  private CompletableFuture<Integer> deployment(TestUser owner, String path) {
    return CompletableFuture.supplyAsync(
        () -> as(owner).post(path + "/deploy", object("visibility", "PUBLIC")).status());
  }

  @Test
  void administratorChangesAnybodysAgent() {
    TestUser admin = users().admin();
    String path = register(users().user());

    as(admin).patch(path, object("description", "checked")).expect(200);
    step(admin, path, "disable", "DISABLED");
    as(admin).delete(path).expect(204);
    as(admin).post(path + "/restore", "").expect(200);
  }
}
