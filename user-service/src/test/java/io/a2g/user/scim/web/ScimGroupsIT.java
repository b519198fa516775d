package io.a2g.user.scim.web;

import static io.a2g.common.testkit.http.Api.object;
import static io.a2g.user.scim.web.ScimClient.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Departments as Entra ID and Okta keep them. */
class ScimGroupsIT extends PlatformIT {

  private static final AtomicInteger NAMES = new AtomicInteger();

  @Autowired private MeterRegistry meters;
  private TestUser admin;
  private ScimClient scim;

  @BeforeEach
  void connectDirectory() {
    admin = users().admin();
    scim = new ScimClient(as(admin));
  }

  @Test
  void emptyGroupStaysAndGetsMembersLater() {
    String name = freshName();
    TestUser one = users().user();
    TestUser two = users().user();

    Answer created =
        scim.send("POST", "/Groups", object("displayName", name, "externalId", "g-" + name))
            .expect(201);
    assertThat(created.at("/id").asString()).isEqualTo(name);
    assertThat(created.at("/members").isEmpty()).isTrue();
    assertThat(scim.get(groupOf(name)).expect(200).json()).isEqualTo(created.json());

    scim.patch(
            groupOf(name),
            "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"},{\"value\":\"%d\"}]}"
                .formatted(one.id(), two.id()))
        .expect(200);

    assertThat(members(name)).containsExactly(one.id(), two.id());
    assertThat(as(one).get("/api/v1/users/me").at("/dept_code").asString()).isEqualTo(name);
    assertThat(scim.get("/Users/" + one.id()).at("/groups/0/value").asString()).isEqualTo(name);
    assertThat(
            as(admin)
                .get("/api/v1/audit-events?action=user.provisioned&resource_id=" + one.id())
                .at("/items/0/after/department/code")
                .asString())
        .isEqualTo(name);
  }

  @Test
  void membersLeaveByFilterByListAndAllTogether() {
    String name = freshName();
    List<TestUser> people =
        List.of(
            users().make(Role.USER, name),
            users().make(Role.USER, name),
            users().make(Role.USER, name),
            users().make(Role.USER, name));
    TestUser stranger = users().make(Role.USER, "other" + name);

    scim.patch(
            groupOf(name),
            "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%d\\\"]\"}"
                .formatted(people.get(0).id()))
        .expect(200);
    assertThat(members(name)).hasSize(3).doesNotContain(people.get(0).id());
    scim.patch(
            groupOf(name),
            "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"},{\"value\":\"%d\"}]}"
                .formatted(people.get(1).id(), stranger.id()))
        .expect(200);
    assertThat(members(name)).containsExactly(people.get(2).id(), people.get(3).id());
    assertThat(members("other" + name)).as("not ours to take").containsExactly(stranger.id());
    scim.patch(groupOf(name), "{\"op\":\"remove\",\"path\":\"members\"}").expect(200);
    assertThat(members(name)).isEmpty();
  }

  @Test
  void userIsInOneGroupAtATime() {
    String from = freshName();
    String to = freshName();
    TestUser user = users().make(Role.USER, from);
    users().make(Role.USER, from);
    create(to);

    scim.patch(
            groupOf(to),
            "{\"op\":\"replace\",\"value\":{\"id\":\"%s\",\"displayName\":\"%s\",\"members\":[{\"value\":\"%d\"}]}}"
                .formatted(to, to, user.id()))
        .expect(200);

    assertThat(members(to)).containsExactly(user.id());
    assertThat(members(from)).hasSize(1).doesNotContain(user.id());
  }

  @Test
  void putSetsNameAndMembersAndTheIdStays() {
    String name = freshName();
    TestUser stays = users().make(Role.USER, name);
    TestUser goes = users().make(Role.USER, name);
    TestUser comes = users().user();

    Answer replaced =
        scim.send(
                "PUT",
                groupOf(name),
                object(
                    "displayName",
                    "Renamed " + name,
                    "members",
                    List.of(
                        object("value", Long.toString(stays.id())),
                        object("value", Long.toString(comes.id())))))
            .expect(200);

    assertThat(replaced.at("/id").asString()).isEqualTo(name);
    assertThat(replaced.at("/displayName").asString()).isEqualTo("Renamed " + name);
    assertThat(members(name)).containsExactly(stays.id(), comes.id());
    assertThat(as(goes).get("/api/v1/users/me").at("/dept_code").isNull()).isTrue();
  }

  @Test
  void departmentsOfUsersAreGroupsToo() {
    String name = freshName();
    TestUser user = users().make(Role.USER, name);

    for (String filter :
        List.of(
            "displayName eq \"" + name.toUpperCase(java.util.Locale.ROOT) + "\"",
            "id eq \"" + name + "\"",
            "id eq \"" + name + "\" and members eq \"" + user.id() + "\"",
            "members.value eq \"" + user.id() + "\"")) {
      Answer found = scim.find("/Groups", filter).expect(200);
      assertThat(found.at("/totalResults").asInt()).as(filter).isEqualTo(1);
      assertThat(found.at("/Resources/0/id").asString()).isEqualTo(name);
    }
    assertThat(
            scim.find("/Groups", "displayName eq \"no" + name + "\"")
                .expect(200)
                .at("/totalResults")
                .asInt())
        .isZero();
    expectError(scim.send("POST", "/Groups", object("displayName", name)), 409, "uniqueness");
  }

  @Test
  void membersCanBeLeftOut() {
    String name = freshName();
    users().make(Role.USER, name);

    assertThat(
            scim.get(groupOf(name) + "?excludedAttributes=members")
                .expect(200)
                .json()
                .has("members"))
        .isFalse();
    assertThat(scim.get(groupOf(name)).at("/members").size()).isEqualTo(1);
    assertThat(scim.get("/Groups?count=1").expect(200).at("/itemsPerPage").asInt()).isEqualTo(1);
  }

  @Test
  void deletedGroupIsGoneAndItsMembersAreInNone() {
    String name = freshName();
    TestUser user = users().make(Role.USER, name);

    scim.send("DELETE", groupOf(name), null).expect(204);

    expectError(scim.get(groupOf(name)), 404, null);
    expectError(scim.send("DELETE", groupOf(name), null), 404, null);
    assertThat(as(user).get("/api/v1/users/me").at("/dept_code").isNull()).isTrue();
  }

  @Test
  void tagsChangeWithTheMembers() {
    String name = freshName();
    create(name);
    String tag = String.valueOf(scim.get(groupOf(name)).expect(200).header("ETag"));
    scim.get(groupOf(name), "If-None-Match", tag).expect(304);
    TestUser user = users().user();

    as(admin).patch("/api/v1/users/" + user.id(), object("dept_code", name)).expect(200);

    assertThat(scim.get(groupOf(name)).header("ETag")).isNotEqualTo(tag);
    expectError(scim.send("DELETE", groupOf(name), null, "If-Match", tag), 412, null);
    expectError(
        scim.send("PUT", groupOf(name), object("displayName", "x"), "If-Match", tag), 412, null);
    assertThat(members(name)).containsExactly(user.id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"999999999\"}]} | invalidValue",
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"x\"}]} | invalidValue",
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{}]} | invalidValue",
        "{\"op\":\"remove\",\"path\":\"members[display eq \\\"x\\\"]\"} | invalidPath",
        "{\"op\":\"remove\",\"path\":\"members[value]\"} | invalidPath",
        "{\"op\":\"remove\",\"path\":\"members[value eq \\\"1\\\" and value eq \\\"2\\\"]\"} | invalidPath",
        "{\"op\":\"replace\",\"path\":\"members[value eq \\\"1\\\"]\",\"value\":{\"value\":\"2\"}} | mutability",
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[[1]]} | invalidValue",
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":{}}]} | invalidValue",
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":[1]}]} | invalidValue",
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"+1\"}]} | invalidValue",
        "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"other\"} | mutability",
        "{\"op\":\"replace\",\"value\":{\"id\":\"other\"}} | mutability",
        "{\"op\":\"replace\",\"path\":\"owner\",\"value\":\"x\"} | invalidPath",
        "{\"op\":\"remove\",\"path\":\"displayName\"} | invalidValue",
        "{\"op\":\"remove\"} | noTarget",
      })
  void badOperationsChangeNothing(String operation, String scimType) {
    String name = freshName();
    create(name);
    TestUser user = users().user();

    expectError(
        scim.patch(
            groupOf(name),
            "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"}]}"
                .formatted(user.id()),
            operation),
        400,
        scimType);

    assertThat(members(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void groupsHaveNames(String name) {
    expectError(
        scim.send("POST", "/Groups", "{\"displayName\":\"" + name + "\"}"), 400, "invalidValue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R&D/AI",
        "a\\b",
        "a;b",
        "50%",
        "..",
        "a\u0085b",
        "1234567890 1234567890 1234567890 1234567890 연구"
      })
  void namesThatCannotBeACodeGetOne(String beginning) {
    String name = beginning + "/" + freshName();
    Answer created = create(name);

    assertThat(created.at("/displayName").asString()).isEqualTo(name);
    assertThat(created.at("/id").asString()).hasSizeLessThan(51);
    String path = java.net.URI.create(String.valueOf(created.header("Location"))).getRawPath();
    assertThat(as(admin).get(path).expect(200).at("/displayName").asString()).isEqualTo(name);
    TestUser user = users().user();
    new ScimClient(as(admin))
        .patch(
            path.substring("/scim/v2".length()),
            "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"}]}"
                .formatted(user.id()))
        .expect(200);
    assertThat(as(user).get("/api/v1/users/me").at("/dept_code").asString())
        .isEqualTo(created.at("/id").asString());
    expectError(scim.send("POST", "/Groups", object("displayName", name)), 409, "uniqueness");
  }

  @Test
  void twoGroupsHaveNotOneName() {
    String one = freshName();
    String two = freshName();
    create(one);
    create(two);
    String taken = one.toUpperCase(java.util.Locale.ROOT);

    expectError(
        scim.patch(
            groupOf(two),
            "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"%s\"}".formatted(taken)),
        409,
        "uniqueness");
    expectError(scim.send("PUT", groupOf(two), object("displayName", taken)), 409, "uniqueness");
    expectError(scim.send("POST", "/Groups", object("displayName", taken)), 409, "uniqueness");
    scim.patch(
            groupOf(one),
            "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"%s\"}".formatted(taken))
        .expect(200);
  }

  @Test
  void deletedUsersLeaveAndAreNoHindrance() {
    String name = freshName();
    TestUser deleted = users().make(Role.USER, name);
    TestUser stays = users().make(Role.USER, name);
    TestUser leaves = users().make(Role.USER, name);
    users().delete(deleted);

    scim.patch(
            groupOf(name),
            "{\"op\":\"remove\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"},{\"value\":\"%d\"}]}"
                .formatted(deleted.id(), leaves.id()),
            "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%d\\\" or value eq \\\"999999999\\\"]\"}"
                .formatted(deleted.id()))
        .expect(200);
    assertThat(members(name)).containsExactly(stays.id());
    scim.send(
            "PUT",
            groupOf(name),
            object(
                "displayName",
                name,
                "members",
                List.of(
                    object("value", Long.toString(deleted.id())),
                    object("value", Long.toString(stays.id())))))
        .expect(200);
    assertThat(members(name)).containsExactly(stays.id());
  }

  @Test
  void externalIdStaysUnlessAPutSaysOtherwise() {
    String name = freshName();
    scim.send("POST", "/Groups", object("displayName", name, "externalId", "g-" + name))
        .expect(201);

    Answer kept = scim.send("PUT", groupOf(name), object("displayName", name)).expect(200);
    assertThat(kept.at("/externalId").asString()).isEqualTo("g-" + name);
    Answer cleared =
        scim.send("PUT", groupOf(name), "{\"displayName\":\"" + name + "\",\"externalId\":null}")
            .expect(200);
    assertThat(cleared.json().has("externalId")).isFalse();
  }

  @Test
  void groupsThatExchangeMembersDoNotWaitForEachOther() {
    String a = freshName();
    String b = freshName();
    create(a);
    create(b);
    List<Object> low = new ArrayList<>();
    List<Object> high = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      low.add(object("value", Long.toString(users().user().id())));
    }
    for (int i = 0; i < 10; i++) {
      high.add(object("value", Long.toString(users().user().id())));
    }

    for (int round = 0; round < 4; round++) {
      Object toA = object("displayName", a, "members", round % 2 == 0 ? low : high);
      Object toB = object("displayName", b, "members", round % 2 == 0 ? high : low);
      var first = CompletableFuture.supplyAsync(() -> scim.send("PUT", groupOf(a), toA));
      var second = CompletableFuture.supplyAsync(() -> scim.send("PUT", groupOf(b), toB));
      first.join().expect(200);
      second.join().expect(200);
    }
  }

  @Test
  void disablingAMemberAndMovingAdministratorsDoNotWaitForEachOther() {
    String name = freshName();
    create(name);
    TestUser user = users().user();
    List<Object> members = new ArrayList<>();
    members.add(object("value", Long.toString(user.id())));
    for (int i = 0; i < 10; i++) {
      members.add(object("value", Long.toString(users().admin().id())));
    }

    for (int round = 0; round < 4; round++) {
      Object all = object("displayName", name, "members", round % 2 == 0 ? members : List.of());
      var moved = CompletableFuture.supplyAsync(() -> scim.send("PUT", groupOf(name), all));
      var disabled =
          CompletableFuture.supplyAsync(
              () -> as(admin).post("/api/v1/users/" + user.id() + "/disable", ""));
      moved.join().expect(200);
      disabled.join().expect(200);
    }
  }

  @Test
  void twoChangesOfAGroupThatOnlyUsersKnewBothCount() {
    for (int round = 0; round < 4; round++) {
      String name = freshName();
      users().make(Role.USER, name);
      TestUser comes = users().user();

      var first =
          CompletableFuture.supplyAsync(() ->
              scim.patch(
                  groupOf(name),
                  "{\"op\":\"add\",\"path\":\"externalId\",\"value\":\"g-" + name + "\"}"));
      var second =
          CompletableFuture.supplyAsync(() ->
              scim.patch(
                  groupOf(name),
                  "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%d\"}]}"
                      .formatted(comes.id())));
      first.join().expect(200);
      second.join().expect(200);

      Answer group = scim.get(groupOf(name)).expect(200);
      assertThat(group.at("/externalId").asString()).isEqualTo("g-" + name);
      assertThat(group.at("/members").size()).isEqualTo(2);
    }
  }

  @Test
  void listOfGroupsTakesFewConnections() {
    for (int i = 0; i < 25; i++) {
      users().make(Role.USER, freshName());
    }
    double before = connectionsTaken();

    Answer list = scim.get("/Groups?count=25").expect(200);

    assertThat(connectionsTaken() - before).as("connections, jobs' included").isLessThan(15);
    assertThat(list.at("/Resources").size()).isEqualTo(25);
    assertThat(list.at("/Resources")).allMatch(group -> group.has("members"));
  }

  @Test
  void onlyAdministratorsAndOnlyWithinBounds() {
    expectError(new ScimClient(as(users().user())).get("/Groups"), 403, null);
    expectError(
        scim.send("POST", "/Groups", object("displayName", "x".repeat(201))), 400, "invalidValue");
    List<Object> many = new ArrayList<>();
    for (int i = 0; i <= 1_000; i++) {
      many.add(object("value", "1"));
    }
    expectError(
        scim.send("POST", "/Groups", object("displayName", freshName(), "members", many)),
        400,
        "tooMany");
  }

  @Test
  void namesInAnyScriptWork() {
    String name = "인공지능 팀 " + NAMES.incrementAndGet() + " " + System.nanoTime();
    Answer created = create(name);

    String path = java.net.URI.create(String.valueOf(created.header("Location"))).getRawPath();
    Answer read = as(admin).get(path).expect(200);
    assertThat(read.at("/displayName").asString()).isEqualTo(name);
  }

  private double connectionsTaken() {
    return meters.find("hikaricp.connections.acquire").timers().stream()
        .mapToDouble(Timer::count)
        .sum();
  }

  private Answer create(String name) {
    return scim.send("POST", "/Groups", object("displayName", name)).expect(201);
  }

  private List<Long> members(String name) {
    List<Long> ids = new ArrayList<>();
    scim.get(groupOf(name))
        .expect(200)
        .at("/members")
        .forEach(member -> ids.add(Long.valueOf(member.path("value").asString())));
    return ids;
  }

  private static String groupOf(String name) {
    return "/Groups/" + name;
  }

  private static String freshName() {
    return "dept%d-%d".formatted(NAMES.incrementAndGet(), System.nanoTime());
  }
}
