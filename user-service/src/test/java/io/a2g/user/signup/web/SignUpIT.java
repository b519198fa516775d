package io.a2g.user.signup.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignUpIT extends PlatformIT {

  private static final String SIGN_UPS = "/api/v1/sign-ups";
  private static final AtomicInteger NAMES = new AtomicInteger();

  @Test
  void signUpMakesAPendingUserWhoMayCompleteTheOwnProfile() {
    String name = freshName();

    Answer signedUp =
        anonymous()
            .post(
                SIGN_UPS,
                object("username", name, "email", name + "@example.com", "username_kr", "이하나"))
            .expect(201);

    assertThat(signedUp.at("/role").asString()).isEqualTo("PENDING");
    assertThat(signedUp.header("Cache-Control")).isEqualTo("no-store");
    var own = anonymous().as(signedUp.at("/api_key").asString());
    Answer me = own.get("/api/v1/users/me").expect(200);
    assertThat(me.at("/id").asLong()).isEqualTo(signedUp.id());
    assertThat(me.at("/username_kr").asString()).isEqualTo("이하나");
    assertThat(me.at("/dept_code").isNull()).isTrue();
    own.patch("/api/v1/users/me", object("username_en", "Hana")).expect(200);
    own.get("/api/v1/users/" + signedUp.id()).expectProblem(403, "forbidden");
    own.get("/api/v1/api-keys").expectProblem(403, "forbidden");
    own.post("/api/v1/api-keys", object("name", "x")).expectProblem(403, "forbidden");
  }

  @Test
  void firstKeyGrowsWithTheApproval() {
    TestUser admin = users().admin();
    Answer signedUp = anonymous().post(SIGN_UPS, object("username", freshName())).expect(201);

    as(admin).post("/api/v1/users/" + signedUp.id() + "/approve", "").expect(200);

    anonymous().as(signedUp.at("/api_key").asString()).get("/api/v1/api-keys").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"role", "dept_code", "deptname_kr", "id", "user_id", "owner_id", "disabled_at"})
  void whatIsNotTheirsToSayIsRefused(String field) {
    String name = freshName();

    anonymous()
        .post(SIGN_UPS, object("username", name, field, "ADMIN"))
        .expectProblem(400, "invalid_body", field);

    anonymous().post(SIGN_UPS, object("username", name)).expect(201);
  }

  @Test
  void lostAnswerIsGivenAgainToThoseWhoKnowTheIdempotencyKey() {
    var body = object("username", freshName());
    String key = UUID.randomUUID().toString();
    Answer first = anonymous().post(SIGN_UPS, body, "Idempotency-Key", key).expect(201);

    Answer again = anonymous().post(SIGN_UPS, body, "Idempotency-Key", key).expect(201);

    assertThat(again.at("/api_key")).isEqualTo(first.at("/api_key"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    anonymous()
        .post(SIGN_UPS, object("username", freshName()), "Idempotency-Key", key)
        .expectProblem(422, "idempotency_key_reused");
    anonymous()
        .post(SIGN_UPS, body, "Idempotency-Key", "easy")
        .expectProblem(400, "invalid_request");
  }

  @Test
  void takenNamesConflict() {
    String name = freshName();
    String address = name + "@example.com";
    anonymous().post(SIGN_UPS, object("username", name, "email", address)).expect(201);

    anonymous()
        .post(SIGN_UPS, object("username", name))
        .expectProblem(409, "already_exists", "username");
    anonymous()
        .post(SIGN_UPS, object("username", freshName(), "email", address.toUpperCase(Locale.ROOT)))
        .expectProblem(409, "already_exists", "email");
  }

  @Test
  void badNamesAre422() {
    for (String name : List.of("", "Upper", "-dash", "a b", "kim@example.com", "x".repeat(65))) {
      anonymous()
          .post(SIGN_UPS, object("username", name))
          .expectProblem(422, "validation_failed", "username");
    }
    anonymous()
        .post(SIGN_UPS, object("username", freshName(), "email", "nobody"))
        .expectProblem(422, "validation_failed", "email");
    anonymous().post(SIGN_UPS, "{").expectProblem(400, "malformed_json");
    anonymous().get(SIGN_UPS).expectProblem(401, "unauthenticated");
  }

  private static String freshName() {
    return "stranger" + NAMES.incrementAndGet() + "-" + System.nanoTime();
  }
}
