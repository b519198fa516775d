package io.a2g.user.invitation.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationIT extends PlatformIT {

  private static final String INVITATIONS = "/api/v1/invitations";
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestUser admin;

  @BeforeEach
  void makeAdministrator() {
    admin = users().admin();
  }

  @Test
  void invitedPersonStartsWithWhatWasOfferedOnce() {
    String name = freshName();
    String address = name + "@example.com";
    Answer issued =
        invite("email", address, "role", "ADMIN", "dept_code", "AI7", "deptname_en", "AI Seven");
    String code = issued.at("/code").asString();

    Answer signedUp = signUp(name, code).expect(201);

    assertThat(signedUp.at("/role").asString()).isEqualTo("ADMIN");
    Answer me =
        anonymous().as(signedUp.at("/api_key").asString()).get("/api/v1/users/me").expect(200);
    assertThat(me.at("/email").asString()).isEqualTo(address);
    assertThat(me.at("/dept_code").asString()).isEqualTo("AI7");
    assertThat(me.at("/deptname_en").asString()).isEqualTo("AI Seven");
    Answer used = as(admin).get(INVITATIONS + "/" + issued.id()).expect(200);
    assertThat(used.at("/accepted_by").asLong()).isEqualTo(signedUp.id());
    refused(freshName(), code);
    as(admin).delete(INVITATIONS + "/" + issued.id()).expectProblem(409, "conflict");
  }

  @Test
  void codeIsShownOnceAndStoredNowhere() throws SQLException {
    Answer issued =
        as(admin)
            .post(
                INVITATIONS,
                object("username", freshName()),
                "Idempotency-Key",
                "invite-" + System.nanoTime())
            .expect(201);
    String code = issued.at("/code").asString();

    assertThat(code).matches("a2i_[0-9a-f]{48}");
    assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
    Instant expires = Instant.parse(issued.at("/expires_at").asString());
    Instant created = Instant.parse(issued.at("/created_at").asString());
    assertThat(Duration.between(created, expires))
        .isBetween(Duration.ofDays(7).minusMinutes(1), Duration.ofDays(7).plusMinutes(1));
    assertThat(as(admin).get(INVITATIONS).expect(200).text()).doesNotContain(code);
    assertThat(as(admin).get("/api/v1/audit-events?action=invitation.issued").expect(200).text())
        .doesNotContain(code);
    try (var connection = database().connect();
        var statement =
            connection.prepareStatement(
                """
                SELECT (SELECT count(*) FROM users.invitations i WHERE i::text LIKE '%' || ? || '%')
                     + (SELECT count(*) FROM users.idempotency_keys k
                        WHERE position(convert_to(?, 'UTF8') IN k.body) > 0)
                """)) {
      statement.setString(1, code);
      statement.setString(2, code);
      try (var row = statement.executeQuery()) {
        row.next();
        assertThat(row.getLong(1)).isZero();
      }
    }
  }

  @Test
  void twoAtOnceWithOneCodeMakeOneUser() {
    for (int round = 0; round < 10; round++) {
      String address = freshName() + "@example.com";
      String code = invite("email", address).at("/code").asString();

      List<Integer> statuses =
          Stream.generate(InvitationIT::freshName)
              .limit(4)
              .map(name -> CompletableFuture.supplyAsync(() -> signUp(name, code).status()))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .sorted()
              .toList();

      assertThat(statuses).containsExactly(201, 422, 422, 422);
    }
  }

  @Test
  void failedSignUpLeavesTheCodeGood() {
    String name = freshName();
    Answer issued = invite("email", name + "@example.com");
    String code = issued.at("/code").asString();
    TestUser other = users().user();

    signUp(other.username(), code).expectProblem(409, "already_exists", "username");

    signUp(name, code).expect(201);
  }

  @Test
  void otherPeopleCannotUseIt() {
    String name = freshName();
    String code = invite("email", name + "@example.com", "username", name).at("/code").asString();

    signUp(freshName(), code).expectProblem(422, "validation_failed", "username");
    anonymous()
        .post(
            "/api/v1/sign-ups",
            object("username", name, "email", "thief@example.com", "invitation_code", code))
        .expectProblem(422, "validation_failed", "email");
    anonymous()
        .post(
            "/api/v1/sign-ups",
            object(
                "username", name,
                "email", name.toUpperCase(java.util.Locale.ROOT) + "@EXAMPLE.com",
                "invitation_code", code))
        .expect(201);
  }

  @Test
  void revokedExpiredAndOrphanedCodesLookLikeUnknownOnes() throws SQLException {
    String name = freshName();
    Answer revoked = invite("username", name);
    as(admin).delete(INVITATIONS + "/" + revoked.id()).expect(204);
    as(admin).delete(INVITATIONS + "/" + revoked.id()).expect(204);
    Answer expired = invite("username", name);
    run("UPDATE users.invitations SET expires_at = now() WHERE id = " + expired.id());
    TestUser dismissed = users().admin();
    Answer orphaned = as(dismissed).post(INVITATIONS, object("username", name)).expect(201);
    as(admin).put("/api/v1/users/" + dismissed.id() + "/role", object("role", "USER")).expect(200);

    Answer unknown = refused(name, "a2i_" + "0".repeat(48));
    for (Answer issued : List.of(revoked, expired, orphaned)) {
      Answer answer = refused(name, issued.at("/code").asString());
      assertThat(answer.at("/errors")).isEqualTo(unknown.at("/errors"));
    }
    refused(name, "nonsense");
    refused(name, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"role\": \"USER\"}",
        "{\"email\": \"nobody\"}",
        "{\"username\": \"Upper\"}",
        "{\"username\": \"kim\", \"role\": \"PENDING\"}",
        "{\"username\": \"kim\", \"expires_at\": \"2020-01-01T00:00:00Z\"}",
        "{\"username\": \"kim\", \"expires_at\": \"2999-01-01T00:00:00Z\"}",
      })
  void offersThatBreakARuleAre422(String body) {
    as(admin).post(INVITATIONS, body).expectProblem(422, "validation_failed");
  }

  @Test
  void onlyAdministratorsInviteAndSee() {
    TestUser user = users().user();
    long id = invite("username", freshName()).id();

    as(user).post(INVITATIONS, object("username", "x")).expectProblem(403, "forbidden");
    as(user).get(INVITATIONS).expectProblem(403, "forbidden");
    as(user).get(INVITATIONS + "/" + id).expectProblem(403, "forbidden");
    as(user).delete(INVITATIONS + "/" + id).expectProblem(403, "forbidden");
    anonymous().post(INVITATIONS, object("username", "x")).expectProblem(401, "unauthenticated");
    as(admin).get(INVITATIONS + "/999999999").expectProblem(404, "not_found");
    as(admin).delete(INVITATIONS + "/999999999").expectProblem(404, "not_found");
    as(admin)
        .post(INVITATIONS, object("username", "x", "invited_by", 1))
        .expectProblem(400, "invalid_body", "invited_by");
  }

  @Test
  void listIsPaged() {
    long first = invite("username", freshName()).id();
    long second = invite("username", freshName()).id();

    Answer page = as(admin).get(INVITATIONS + "?limit=1").expect(200);
    assertThat(page.at("/items/0/id").asLong()).isEqualTo(second);
    String cursor = page.at("/next_cursor").asString();
    Answer next = as(admin).get(INVITATIONS + "?limit=1&cursor=" + cursor).expect(200);
    assertThat(next.at("/items/0/id").asLong()).isEqualTo(first);
  }

  private Answer invite(Object... offer) {
    return as(admin).post(INVITATIONS, object(offer)).expect(201);
  }

  private Answer signUp(String name, String code) {
    return anonymous().post("/api/v1/sign-ups", object("username", name, "invitation_code", code));
  }

  private Answer refused(String name, String code) {
    return signUp(name, code).expectProblem(422, "validation_failed", "invitation_code");
  }

  private void run(String sql) throws SQLException {
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String freshName() {
    return "guest" + NAMES.incrementAndGet() + "-" + System.nanoTime();
  }
}
