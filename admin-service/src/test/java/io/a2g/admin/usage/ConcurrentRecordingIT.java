package io.a2g.admin.usage;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts are never lost, and never counted twice, however many record at once. */
class ConcurrentRecordingIT extends PlatformIT {

  private static final String USAGE = "/api/v1/usage-stats";
  private static final int RECORDERS = 32;
  private static final int ROUNDS = 8;
  private static final int AGENTS = 10;
  private static final int ATTEMPTS = 20;

  private TestUser admin;
  private TestUser user;
  private String model;

  @BeforeEach
  void makeAModel() {
    admin = users().admin();
    user = users().user();
    model = "model-" + System.nanoTime();
    as(admin)
        .post(
            "/api/v1/llm-models",
            object("name", model, "provider", "OPENAI", "input_price_per_million_tokens", 1))
        .expect(201);
  }

  @Test
  void manyRecordersOfOneRowEndWithTheExactSum() throws InterruptedException {
    List<Answer> answers = together(() -> as(admin).post(USAGE, usage(1)));

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertSum(RECORDERS * ROUNDS);
  }

  // Every batch touches the same rows, each in another order.
  @Test
  void batchesInAnyOrderNeitherLoseCountsNorDeadlock() throws InterruptedException {
    List<Answer> answers =
        together(() -> {
          List<Map<String, Object>> items = new ArrayList<>();
          IntStream.rangeClosed(1, AGENTS).forEach(agent -> items.add(usage(agent)));
          Collections.shuffle(items);
          return as(admin).post(USAGE, object("items", items));
        });

    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertSum(RECORDERS * ROUNDS * AGENTS);
  }

  @Test
  void oneKeySentManyTimesCountsOnce() throws InterruptedException {
    String key = UUID.randomUUID().toString();

    List<Answer> answers = together(() -> as(admin).post(USAGE, usage(1), "Idempotency-Key", key));

    assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
    assertThat(answers).anyMatch(answer -> answer.status() == 201);
    assertSum(1);
  }

  private static List<Answer> together(Callable<Answer> call) throws InterruptedException {
    List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    Callable<Void> recorder =
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            answers.add(patiently(call));
          }
          return null;
        };
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      executor.invokeAll(Collections.nCopies(RECORDERS, recorder)).forEach(Future::resultNow);
    }
    return answers;
  }

  // As a client does on a machine that has too much to do. A deadlock would be told as "busy".
  private static Answer patiently(Callable<Answer> call) throws Exception {
    Answer answer = call.call();
    for (int i = 0; i < ATTEMPTS && answer.status() == 503; i++) {
      assertThat(answer.text()).doesNotContain("busy");
      answer = call.call();
    }
    return answer;
  }

  private Map<String, Object> usage(int agent) {
    return object(
        "user_id",
        user.id(),
        "agent_id",
        agent,
        "model",
        model,
        "input_tokens",
        1_000,
        "output_tokens",
        1);
  }

  private void assertSum(long records) {
    Answer sum = as(user).get(USAGE + "/sums?group_by=").expect(200);
    assertThat(sum.at("/items/0/request_count").asLong()).isEqualTo(records);
    assertThat(sum.at("/items/0/input_tokens").asLong()).isEqualTo(records * 1_000);
    assertThat(sum.at("/items/0/output_tokens").asLong()).isEqualTo(records);
    assertThat(sum.at("/items/0/cost").decimalValue())
        .isEqualByComparingTo(BigDecimal.valueOf(records, 3));
  }
}
