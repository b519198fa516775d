package io.a2g.user.platform;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What platform-common does for every POST, shown on this service. */
class IdempotencyIT extends PlatformIT {

  private static final String USERS = "/api/v1/users";
  private static final String HEADER = "Idempotency-Key";

  @Test
  void repeatGetsTheSameAnswerAndCreatesNothing() {
    TestUser admin = users().admin();
    String key = UUID.randomUUID().toString();
    var body = object("username", "twice-" + key.substring(0, 8));

    Answer first = as(admin).post(USERS, body, HEADER, key).expect(201);
    Answer second = as(admin).post(USERS, body, HEADER, "\"" + key + "\"").expect(201);

    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(first.header("Idempotency-Replayed")).isNull();
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void sameKeyWithAnotherBodyIs422() {
    TestUser admin = users().admin();
    String key = UUID.randomUUID().toString();
    as(admin).post(USERS, object("username", "a-" + key.substring(0, 8)), HEADER, key).expect(201);

    as(admin)
        .post(USERS, object("username", "b-" + key.substring(0, 8)), HEADER, key)
        .expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void sameKeyWithAnotherQueryIs422() {
    TestUser admin = users().admin();
    String key = UUID.randomUUID().toString();
    var body = object("username", "a-" + key.substring(0, 8));
    as(admin).post(USERS, body, HEADER, key).expect(201);

    as(admin)
        .post(USERS + "?role=ADMIN", body, HEADER, key)
        .expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void keysOfDifferentCallersAndAddressesAreDifferentKeys() {
    String key = UUID.randomUUID().toString();

    as(users().admin())
        .post(USERS, object("username", "a-" + key.substring(0, 8)), HEADER, key)
        .expect(201);
    as(users().admin())
        .post(USERS, object("username", "b-" + key.substring(0, 8)), HEADER, key)
        .expect(201);
  }

  @Test
  void failureIsNotRememberedSoARepeatTriesAgain() {
    TestUser admin = users().admin();
    String key = UUID.randomUUID().toString();
    String name = "c-" + key.substring(0, 8);
    long other = as(admin).post(USERS, object("username", name)).expect(201).id();
    as(admin).post(USERS, object("username", name), HEADER, key).expect(409);
    as(admin).delete(USERS + "/" + other).expect(204);

    as(admin).post(USERS, object("username", name), HEADER, key).expect(201);
  }

  @Test
  void manyAtOnceCreateOne() throws InterruptedException {
    TestUser admin = users().admin();
    String key = UUID.randomUUID().toString();
    String dept = "D" + System.nanoTime();
    var body = object("username", "d-" + key.substring(0, 8), "dept_code", dept);

    List<Answer> answers;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> call = () -> as(admin).post(USERS, body, HEADER, key);
      answers =
          executor.invokeAll(Collections.nCopies(16, call)).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
    assertThat(answers).anyMatch(answer -> answer.status() == 201);
    assertThat(as(admin).get(USERS + "?dept_code=" + dept).at("/items").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "a b", "\"\u0001\""})
  void unusableKeyIs400(String key) {
    TestUser admin = users().admin();

    as(admin).post(USERS, "{}", HEADER, "x".repeat(256)).expectProblem(400, "invalid_request");
    as(admin).post(USERS, "{}", HEADER, key.replace("\u0001", "\t")).expect(400);
  }
}
