package io.a2g.user.account.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserApiIT extends PlatformIT {

  private static final String USERS = "/api/v1/users";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestUser admin;

  @BeforeEach
  void makeAdministrator() {
    admin = users().admin();
  }

  @Test
  void createStoresEverythingAndAnswersWithLocationAndTag() {
    String name = freshName();

    Answer created =
        as(admin)
            .post(
                USERS,
                object(
                    "username", name,
                    "role", "USER",
                    "email", name + "@example.com",
                    "username_kr", "김민수",
                    "dept_code", "AI1",
                    "theme_preference", "dark"))
            .expect(201);

    assertThat(created.header("Location")).isEqualTo(USERS + "/" + created.id());
    assertThat(created.header("ETag")).isEqualTo("\"0\"");
    Answer read = as(admin).get(USERS + "/" + created.id()).expect(200);
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.at("/username_kr").asString()).isEqualTo("김민수");
    assertThat(read.at("/language_preference").asString()).isEqualTo("en");
    assertThat(read.at("/created_at").asString()).endsWith("Z");
  }

  @Test
  void createWithATakenNameConflictsUntilTheOtherIsDeleted() {
    String name = freshName();
    long first = as(admin).post(USERS, object("username", name)).expect(201).id();

    as(admin)
        .post(USERS, object("username", name))
        .expectProblem(409, "already_exists", "username");
    as(admin).delete(USERS + "/" + first).expect(204);
    as(admin).post(USERS, object("username", name)).expect(201);

    as(admin)
        .post(USERS + "/" + first + "/restore", "")
        .expectProblem(409, "already_exists", "username");
  }

  @Test
  void createWithATakenAddressInAnotherCaseConflicts() {
    String name = freshName();
    as(admin).post(USERS, object("username", name, "email", name + "@example.com")).expect(201);

    Answer second =
        as(admin)
            .post(
                USERS,
                object(
                    "username",
                    freshName(),
                    "email",
                    name.toUpperCase(Locale.ROOT) + "@example.com"));

    second.expectProblem(409, "already_exists", "email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "null",
        "[]",
        "{} {}",
        "{'username': 'x'}",
        "{\"username\": \"x\", \"username\": \"y\"}",
        "{\"username\": 5}",
        "{\"username\": true}",
        "{\"username\": [\"x\"]}",
        "{\"username\": \"x\", \"id\": 1}",
        "{\"username\": \"x\", \"created_at\": \"2026-01-01T00:00:00Z\"}",
        "{\"username\": \"x\", \"role\": \"ROOT\"}",
        "{\"username\": \"x\", \"role\": 2}",
        "{\"username\": \"x\\u0000y\"}",
        "{\"username\": \"x\", \"username_kr\": \"\\ud800\"}",
      })
  void createFromABodyThatDoesNotFitIs400(String body) {
    Answer answer = as(admin).post(USERS, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Upper", "-dash", "a b", "../etc", "김민수", "x\ny", "<script>", "x'--"})
  void createWithABadNameIs422(String name) {
    as(admin)
        .post(USERS, object("username", name))
        .expectProblem(422, "validation_failed", "username");
  }

  @Test
  void createWithOverlongTextIs422() {
    as(admin)
        .post(USERS, object("username", "x".repeat(65)))
        .expectProblem(422, "validation_failed", "username");
    as(admin)
        .post(USERS, object("username", freshName(), "username_kr", "가".repeat(101)))
        .expectProblem(422, "validation_failed", "username_kr");
  }

  @Test
  void createByAUserIsForbiddenAndStoresNothing() {
    String name = freshName();

    as(users().user()).post(USERS, object("username", name)).expectProblem(403, "forbidden");

    as(admin).post(USERS, object("username", name)).expect(201);
  }

  @Test
  void otherUsersLookMissing() {
    TestUser reader = users().user();
    TestUser other = users().user();

    Answer foreign = as(reader).get(USERS + "/" + other.id());
    Answer missing = as(reader).get(USERS + "/999999999");

    foreign.expectProblem(404, "not_found");
    missing.expectProblem(404, "not_found");
    as(reader).get(USERS + "/" + reader.id()).expect(200);
    as(reader).patch(USERS + "/" + other.id(), "{}").expectProblem(404, "not_found");
  }

  @Test
  void listShowsEveryUserOnceAcrossPages() {
    String dept = "D" + System.nanoTime();
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(users().make(Role.USER, dept).id());
    }

    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = as(admin).get(USERS + "?limit=2&dept_code=" + dept + cursor).expect(200);
      page.at("/items").forEach(item -> seen.add(item.path("id").asLong()));
      cursor =
          page.at("/next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void listWithACursorFromElsewhereIs400() {
    String dept = "E" + System.nanoTime();
    users().make(Role.USER, dept);
    users().make(Role.USER, dept);
    String cursor =
        as(admin).get(USERS + "?limit=1&dept_code=" + dept).at("/next_cursor").asString();

    as(admin).get(USERS + "?limit=1&cursor=" + cursor).expectProblem(400, "invalid_cursor");
    as(admin).get("/api/v1/api-keys?cursor=" + cursor).expectProblem(400, "invalid_cursor");
    as(admin).get(USERS + "?cursor=%F0%9F%99%82").expectProblem(400, "invalid_cursor");
    as(admin).get(USERS + "?cursor=AAAA").expectProblem(400, "invalid_cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "201", "x", "1.5", "99999999999"})
  void listWithABadLimitIs400(String limit) {
    as(admin).get(USERS + "?limit=" + limit).expectProblem(400, "invalid_parameter", "limit");
  }

  @Test
  void listFiltersAreCheckedToo() {
    as(admin).get(USERS + "?role=ROOT").expectProblem(400, "invalid_parameter", "role");
    as(admin).get(USERS + "?dept_code=a%00b").expectProblem(400, "invalid_parameter", "dept_code");
    as(admin).get(USERS + "/abc").expectProblem(400, "invalid_parameter", "id");
    as(admin).get(USERS + "/99999999999999999999").expectProblem(400, "invalid_parameter", "id");
  }

  @Test
  void patchChangesWhatItNamesAndClearsWithNull() {
    TestUser user = users().user();
    as(user).patch(USERS + "/me", object("username_kr", "가", "username_en", "Ga")).expect(200);

    Answer patched = as(user).patch(USERS + "/me", "{\"username_en\": null}").expect(200);

    assertThat(patched.at("/username_kr").asString()).isEqualTo("가");
    assertThat(patched.at("/username_en").isNull()).isTrue();
    assertThat(patched.header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void patchWithAStaleTagIs412AndChangesNothing() {
    TestUser user = users().user();
    as(user).patch(USERS + "/me", object("username_en", "One"), "If-Match", "\"0\"").expect(200);

    as(user)
        .patch(USERS + "/me", object("username_en", "Two"), "If-Match", "\"0\"")
        .expectProblem(412, "precondition_failed");
    as(user)
        .patch(USERS + "/me", object("username_en", "Two"), "If-Match", "0")
        .expectProblem(400, "invalid_request");

    assertThat(as(user).get(USERS + "/me").at("/username_en").asString()).isEqualTo("One");
    as(user).patch(USERS + "/me", object("username_en", "Two"), "If-Match", "*").expect(200);
  }

  @Test
  void patchOfWhatIsNotOnesOwnIsRefused() {
    TestUser user = users().user();

    for (String field : List.of("role", "dept_code", "id", "username", "deleted_at")) {
      as(user)
          .patch(USERS + "/" + user.id(), object(field, "USER"))
          .expectProblem(400, "invalid_body", field);
    }
    as(user)
        .patch(USERS + "/me", "{\"theme_preference\": null}")
        .expectProblem(422, "validation_failed", "theme_preference");
    as(user).patch(USERS + "/me", "[]").expectProblem(400, "invalid_body");
  }

  @Test
  void administratorMovesAUserToAnotherDepartment() {
    TestUser user = users().user();

    as(admin).patch(USERS + "/" + user.id(), object("dept_code", "AI2")).expect(200);

    assertThat(as(user).get(USERS + "/me").at("/dept_code").asString()).isEqualTo("AI2");
  }

  @Test
  void pendingUserMayOnlyCompleteTheOwnProfile() {
    TestUser pending = users().make(Role.PENDING, null);

    as(pending).get(USERS + "/me").expect(200);
    as(pending).patch(USERS + "/me", object("username_en", "New")).expect(200);
    as(pending).get(USERS + "/" + pending.id()).expectProblem(403, "forbidden");
    as(pending).get("/api/v1/api-keys").expectProblem(403, "forbidden");
    as(pending).post("/api/v1/api-keys", object("name", "x")).expectProblem(403, "forbidden");
  }

  @Test
  void roleChangesOnlyThroughItsOwnOperation() {
    TestUser user = users().user();

    as(user)
        .put(USERS + "/" + user.id() + "/role", object("role", "ADMIN"))
        .expectProblem(403, "forbidden");
    Answer changed =
        as(admin).put(USERS + "/" + user.id() + "/role", object("role", "ADMIN")).expect(200);

    assertThat(changed.at("/role").asString()).isEqualTo("ADMIN");
  }

  @Test
  void deletedUserIsGoneUntilRestored() {
    TestUser user = users().user();

    as(admin).delete(USERS + "/" + user.id(), "If-Match", "\"7\"").expect(412);
    as(admin).delete(USERS + "/" + user.id()).expect(204);
    as(user).get(USERS + "/me").expectProblem(401, "unauthenticated");
    as(admin).delete(USERS + "/" + user.id()).expectProblem(404, "not_found");
    as(admin).patch(USERS + "/" + user.id(), "{}").expectProblem(404, "not_found");
    assertThat(as(admin).get(USERS + "/" + user.id()).at("/deleted_at").isNull()).isFalse();
    as(admin).post(USERS + "/" + user.id() + "/restore", "").expect(200);

    as(user).get(USERS + "/me").expect(200);
  }

  @Test
  void departmentThatIsKnownIsWrittenAsBefore() {
    String known = "Lab-" + System.nanoTime();
    String other = known.toUpperCase(Locale.ROOT);
    as(admin)
        .post(USERS, object("username", "first-" + System.nanoTime(), "dept_code", known))
        .expect(201);

    Answer second =
        as(admin)
            .post(USERS, object("username", "second-" + System.nanoTime(), "dept_code", other))
            .expect(201);
    Answer moved =
        as(admin).patch(USERS + "/" + users().user().id(), object("dept_code", other)).expect(200);

    assertThat(second.at("/dept_code").asString()).isEqualTo(known);
    assertThat(moved.at("/dept_code").asString()).isEqualTo(known);
  }

  @Test
  void restoreAfterThirtyDaysIsRefused() throws Exception {
    TestUser user = users().user();
    as(admin).delete(USERS + "/" + user.id()).expect(204);
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE users.users SET deleted_at = now() - interval '31 days' WHERE id = " + user.id());
    }

    as(admin).post(USERS + "/" + user.id() + "/restore", "").expectProblem(409, "conflict");
  }

  private static String freshName() {
    return "person" + NAMES.incrementAndGet() + "-" + System.nanoTime();
  }
}
