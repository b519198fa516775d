package io.a2g.user.account.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finding users by what their names begin with, and by where they stand. */
class UserSearchIT extends PlatformIT {

  private TestUser admin;
  private String dept;

  @BeforeEach
  void makeAdministrator() {
    admin = users().admin();
    dept = "S" + System.nanoTime();
  }

  @Test
  void findsByTheBeginningOfEveryNameInAnyCase() {
    TestUser user = users().make(Role.USER, dept);
    users().make(Role.USER, dept);
    as(user)
        .patch(
            "/api/v1/users/me",
            object(
                "username_kr", "김민수",
                "username_en", "Kim Minsu",
                "email", "Minsu.Kim-" + dept + "@example.com"))
        .expect(200);

    for (String q : List.of("김민", "kim m", "KIM", "minsu.kim-" + dept, user.username())) {
      assertThat(found(q)).as(q).containsExactly(user.id());
    }
    assertThat(found("Minsu Kim")).isEmpty();
    assertThat(found("@example.com")).isEmpty();
  }

  @Test
  void signsOfThePatternLanguageMeanThemselves() {
    TestUser user = users().make(Role.USER, dept);
    users().make(Role.USER, dept);
    as(user).patch("/api/v1/users/me", object("username_en", "50%_off! \\o/")).expect(200);

    assertThat(found("50%_off! \\")).containsExactly(user.id());
    for (String q : List.of("%", "_", "5_%", "!", "'; DROP TABLE users.users; --")) {
      assertThat(found(q)).as(q).isEmpty();
    }
  }

  @Test
  void everyUserIsInOneState() {
    TestUser pending = users().make(Role.PENDING, dept);
    TestUser active = users().make(Role.USER, dept);
    TestUser disabled = users().make(Role.USER, dept);
    TestUser deleted = users().make(Role.USER, dept);
    as(admin).post("/api/v1/users/" + disabled.id() + "/disable", "").expect(200);
    users().delete(deleted);

    assertThat(inState("pending")).containsExactly(pending.id());
    assertThat(inState("active")).containsExactly(active.id());
    assertThat(inState("disabled")).containsExactly(disabled.id());
    assertThat(inState("deleted")).containsExactly(deleted.id());
    assertThat(ids("?dept_code=" + dept)).containsExactly(pending.id(), active.id(), disabled.id());
    assertThat(ids("?deleted=true&dept_code=" + dept)).containsExactly(deleted.id());
  }

  @Test
  void pagesAreBoundToTheirSearch() {
    for (int i = 0; i < 3; i++) {
      users().make(Role.USER, dept);
    }
    Answer first = as(admin).get("/api/v1/users?limit=2&q=test&dept_code=" + dept).expect(200);
    String cursor = first.at("/next_cursor").asString();

    assertThat(ids("?limit=2&q=test&dept_code=" + dept + "&cursor=" + cursor)).hasSize(1);
    as(admin)
        .get("/api/v1/users?limit=2&q=other&dept_code=" + dept + "&cursor=" + cursor)
        .expectProblem(400, "invalid_cursor");
  }

  @Test
  void badFiltersAre400AndOnlyAdministratorsSearch() {
    as(admin).get("/api/v1/users?state=gone").expectProblem(400, "invalid_parameter", "state");
    as(admin).get("/api/v1/users?q=").expectProblem(400, "invalid_parameter", "q");
    as(admin)
        .get("/api/v1/users?q=" + "x".repeat(101))
        .expectProblem(400, "invalid_parameter", "q");
    as(admin).get("/api/v1/users?q=a%00b").expectProblem(400, "invalid_parameter", "q");
    as(users().user()).get("/api/v1/users?q=a").expectProblem(403, "forbidden");
  }

  @Test
  void eachColumnHasAnIndexThatServesTheSearch() throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      try (var rows =
          statement.executeQuery(
              """
              EXPLAIN SELECT * FROM users.users
              WHERE username LIKE lower('kim%') ESCAPE '!'
                OR lower(username_kr) LIKE lower('kim%') ESCAPE '!'
                OR lower(username_en) LIKE lower('kim%') ESCAPE '!'
                OR lower(email) LIKE lower('kim%') ESCAPE '!'
              """)) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
    }
    for (String column : List.of("username", "username_kr", "username_en", "email")) {
      assertThat(plan).contains("users_%s_search_idx".formatted(column));
    }
  }

  private List<Long> found(String q) {
    return ids("?dept_code=" + dept + "&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
  }

  private List<Long> inState(String state) {
    return ids("?dept_code=" + dept + "&state=" + state);
  }

  private List<Long> ids(String query) {
    List<Long> ids = new ArrayList<>();
    as(admin)
        .get("/api/v1/users" + query)
        .expect(200)
        .at("/items")
        .forEach(user -> ids.add(user.path("id").asLong()));
    return ids;
  }
}
