package io.a2g.agent.registry.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.agent.AgentIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CapabilityIT extends AgentIT {

  private static Map<String, Object> named(String... names) {
    return object(
        "capabilities", List.of(names).stream().map(name -> object("name", name)).toList());
  }

  private static List<String> names(Answer answer) {
    return answer.at("/capabilities").valueStream().map(c -> c.path("name").asString()).toList();
  }

  @Test
  void putReplacesTheWholeListInItsOrder() {
    TestUser owner = users().user();
    String path =
        register(owner, "capabilities", List.of(object("name", "a"), object("name", "b")));

    Answer put =
        as(owner)
            .put(path + "/capabilities", named("b", "c", "a"), "If-Match", "\"0\"")
            .expect(200);

    assertThat(names(put)).containsExactly("b", "c", "a");
    assertThat(put.header("ETag")).isEqualTo("\"1\"");
    Answer read = as(owner).get(path + "/capabilities").expect(200);
    assertThat(read.json()).isEqualTo(put.json());
    assertThat(names(as(owner).get(path))).containsExactly("b", "c", "a");
    as(owner).put(path + "/capabilities", named()).expect(200);
    assertThat(names(as(owner).get(path))).isEmpty();
  }

  @Test
  void putOfTheSameListChangesNothing() {
    TestUser owner = users().user();
    String path = register(owner, "capabilities", List.of(object("name", "a")));

    as(owner).put(path + "/capabilities", named("a")).expect(200);

    assertThat(as(owner).get(path).header("ETag")).isEqualTo("\"0\"");
  }

  @Test
  void patchReplacesTheListToo() {
    TestUser owner = users().user();
    String path = register(owner, "capabilities", List.of(object("name", "a")));

    as(owner).patch(path, named("x", "y")).expect(200);
    as(owner).patch(path, object("description", "d")).expect(200);

    assertThat(names(as(owner).get(path))).containsExactly("x", "y");
  }

  @Test
  void putThatBreaksARuleNamesTheFieldAndChangesNothing() {
    TestUser owner = users().user();
    String path = register(owner, "capabilities", List.of(object("name", "a")));

    refused(owner, path, "capabilities[1].name", List.of(object("name", "b"), object("name", "B")));
    refused(owner, path, "capabilities[0].name", List.of(object("name", "")));
    refused(owner, path, "capabilities[0].name", List.of(object("name", "x".repeat(101))));
    refused(owner, path, "capabilities[0]", Collections.singletonList(null));
    refused(
        owner, path, "capabilities[0].tags[0]", List.of(object("name", "b", "tags", List.of(""))));
    refused(
        owner,
        path,
        "capabilities[0].tags",
        List.of(object("name", "b", "tags", Collections.nCopies(21, "t"))));
    refused(
        owner,
        path,
        "capabilities[0].description",
        List.of(object("name", "b", "description", "x".repeat(501))));
    refused(
        owner,
        path,
        "capabilities",
        IntStream.range(0, 51).mapToObj(i -> object("name", "c" + i)).toList());
    refused(owner, path, "capabilities", null);

    assertThat(names(as(owner).get(path))).containsExactly("a");
  }

  private void refused(TestUser owner, String path, String field, List<?> capabilities) {
    as(owner)
        .put(path + "/capabilities", object("capabilities", capabilities))
        .expectProblem(422, "validation_failed", field);
  }

  @Test
  void whoMaySeeTheAgentMayReadButNotReplace() {
    TestUser owner = users().user();
    TestUser other = users().user();
    String path = deployed(owner, "PUBLIC");

    as(other).get(path + "/capabilities").expect(200);
    as(other).put(path + "/capabilities", named("x")).expectProblem(403, "forbidden");
    as(owner).post(path + "/undeploy", "").expect(200);

    as(other).get(path + "/capabilities").expectProblem(404, "not_found");
    as(other).put(path + "/capabilities", named("x")).expectProblem(404, "not_found");
  }

  @Test
  void putWithAStaleTagIs412() {
    TestUser owner = users().user();
    String path = register(owner);

    as(owner)
        .put(path + "/capabilities", named("x"), "If-Match", "\"3\"")
        .expectProblem(412, "precondition_failed");
  }
}
