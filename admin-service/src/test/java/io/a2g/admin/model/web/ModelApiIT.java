package io.a2g.admin.model.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.common.security.Role;
import io.a2g.common.testkit.PlatformIT;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelApiIT extends PlatformIT {

  private static final String MODELS = "/api/v1/llm-models";
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
                MODELS,
                object(
                    "name",
                    name,
                    "provider",
                    "ANTHROPIC",
                    "endpoint_url",
                    "https://api.example.com/v1",
                    "input_price_per_million_tokens",
                    new BigDecimal("3.000001"),
                    "output_price_per_million_tokens",
                    15,
                    "context_window",
                    200_000))
            .expect(201);

    assertThat(created.header("Location")).isEqualTo(MODELS + "/" + created.id());
    assertThat(created.header("ETag")).isEqualTo("\"0\"");
    Answer read = as(admin).get(MODELS + "/" + created.id()).expect(200);
    assertThat(read.text()).isEqualTo(created.text());
    assertThat(read.header("ETag")).isEqualTo("\"0\"");
    assertThat(read.at("/endpoint_url").asString()).isEqualTo("https://api.example.com/v1");
    assertThat(read.at("/enabled").asBoolean()).isTrue();
    assertThat(read.text())
        .contains(
            "\"input_price_per_million_tokens\":3.000001",
            "\"output_price_per_million_tokens\":15,");
  }

  @Test
  void userReadsEnabledModelsWithoutTheirEndpoint() {
    TestUser user = users().user();
    long id = create("endpoint_url", "https://secret.example.com");

    Answer read = as(user).get(MODELS + "/" + id).expect(200);

    assertThat(read.at("/endpoint_url").isNull()).isTrue();
    assertThat(read.at("/context_window").isNull()).isTrue();
    assertThat(as(user).get(MODELS).expect(200).text()).doesNotContain("secret.example.com");
  }

  @Test
  void userSeesNeitherDisabledNorDeletedModels() {
    TestUser user = users().user();
    String name = freshName();
    long disabled =
        as(admin)
            .post(MODELS, object("name", name, "provider", "OPENAI", "enabled", false))
            .expect(201)
            .id();
    long deleted = create();
    as(admin).delete(MODELS + "/" + deleted).expect(204);

    as(user).get(MODELS + "/" + disabled).expectProblem(404, "not_found");
    as(user).get(MODELS + "/" + deleted).expectProblem(404, "not_found");
    for (String filter : List.of("", "&enabled=false", "&deleted=true")) {
      assertThat(ids(as(user).get(MODELS + "?limit=200" + filter)))
          .doesNotContain(disabled, deleted);
    }
    assertThat(ids(as(admin).get(MODELS + "?enabled=false&name=" + name)))
        .containsExactly(disabled);
    assertThat(ids(as(admin).get(MODELS + "?deleted=true&limit=200"))).contains(deleted);
    as(admin).get(MODELS + "/" + deleted).expect(200);
  }

  @Test
  void usersReadOnly() {
    TestUser user = users().user();
    long id = create();
    String name = freshName();

    as(user)
        .post(MODELS, object("name", name, "provider", "OPENAI"))
        .expectProblem(403, "forbidden");
    as(user).patch(MODELS + "/" + id, object("enabled", false)).expectProblem(403, "forbidden");
    as(user).delete(MODELS + "/" + id).expectProblem(403, "forbidden");
    as(user).post(MODELS + "/" + id + "/restore", "").expectProblem(403, "forbidden");

    assertThat(ids(as(admin).get(MODELS + "?name=" + name))).isEmpty();
    assertThat(as(user).get(MODELS + "/" + id).at("/version").asInt()).isZero();
  }

  @Test
  void strangersReadNothing() {
    anonymous().get(MODELS).expectProblem(401, "unauthenticated");
    as(users().make(Role.PENDING, null)).get(MODELS).expectProblem(403, "forbidden");
  }

  @Test
  void createWithATakenNameConflictsUntilTheOtherIsDeleted() {
    String name = freshName();
    var body = object("name", name, "provider", "OPENAI");
    long first = as(admin).post(MODELS, body).expect(201).id();

    as(admin).post(MODELS, body).expectProblem(409, "already_exists", "name");
    as(admin)
        .post(MODELS, object("name", name.toUpperCase(Locale.ROOT), "provider", "OPENAI"))
        .expectProblem(409, "already_exists", "name");
    as(admin)
        .patch(MODELS + "/" + create(), object("name", name))
        .expectProblem(409, "already_exists", "name");
    as(admin).delete(MODELS + "/" + first).expect(204);
    as(admin).post(MODELS, body).expect(201);

    as(admin)
        .post(MODELS + "/" + first + "/restore", "")
        .expectProblem(409, "already_exists", "name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"name\": \"x\", \"name\": \"y\"}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"api_key\": \"sk-1\"}",
        "{\"name\": \"x\", \"provider\": \"NOBODY\"}",
        "{\"name\": \"x\", \"provider\": 1}",
        "{\"name\": \"x\\u0000\", \"provider\": \"OPENAI\"}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"enabled\": \"yes\"}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"context_window\": 1.5}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"context_window\": 99999999999}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"input_price_per_million_tokens\": \"1\"}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"input_price_per_million_tokens\": NaN}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"input_price_per_million_tokens\": 1e99999999999}",
        "{\"name\": \"x\", \"provider\": \"OPENAI\", \"input_price_per_million_tokens\": \"NaN\"}",
      })
  void createFromABodyThatDoesNotFitIs400(String body) {
    Answer answer = as(admin).post(MODELS, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isIn("malformed_json", "invalid_body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-dash", ".dot", "a b", "모델", "x\ny", "a\"b", "a%b"})
  void createWithABadNameIs422(String name) {
    as(admin)
        .post(MODELS, object("name", name, "provider", "OPENAI"))
        .expectProblem(422, "validation_failed", "name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.000001", "1000000", "0.0000001", "1e400", "1e-400"})
  void createWithABadPriceIs422(String price) {
    String body =
        "{\"name\": \"%s\", \"provider\": \"OPENAI\", \"output_price_per_million_tokens\": %s}"
            .formatted(freshName(), price);

    as(admin)
        .post(MODELS, body)
        .expectProblem(422, "validation_failed", "output_price_per_million_tokens");
  }

  @Test
  void createThatBreaksAnyOtherRuleIs422() {
    refuses("name", "x".repeat(101));
    refuses("endpoint_url", "https://user:secret@example.com");
    refuses("endpoint_url", "https://example.com/" + "x".repeat(2_000));
    refuses("context_window", 0);
    refuses("context_window", -5);
    as(admin)
        .post(MODELS, object("name", freshName()))
        .expectProblem(422, "validation_failed", "provider");
    as(admin)
        .post(MODELS, object("provider", "OPENAI"))
        .expectProblem(422, "validation_failed", "name");
  }

  @Test
  void repeatedCreateGetsTheSameAnswer() {
    String key = UUID.randomUUID().toString();
    var body = object("name", freshName(), "provider", "GOOGLE");

    Answer first = as(admin).post(MODELS, body, "Idempotency-Key", key).expect(201);
    Answer second = as(admin).post(MODELS, body, "Idempotency-Key", key).expect(201);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
  }

  @Test
  void patchChangesWhatItNamesAndClearsWithNull() {
    long id = create("context_window", 8_000, "output_price_per_million_tokens", 1);

    Answer patched =
        as(admin)
            .patch(
                MODELS + "/" + id,
                "{\"context_window\": null, \"input_price_per_million_tokens\": 0.1}")
            .expect(200);

    assertThat(patched.at("/context_window").isNull()).isTrue();
    assertThat(patched.text())
        .contains(
            "\"input_price_per_million_tokens\":0.1,", "\"output_price_per_million_tokens\":1,");
    assertThat(patched.header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void patchThatBreaksARuleChangesNothing() {
    long id = create();
    String address = MODELS + "/" + id;

    as(admin).patch(address, "{\"name\": null}").expectProblem(422, "validation_failed", "name");
    as(admin)
        .patch(address, object("context_window", 0))
        .expectProblem(422, "validation_failed", "context_window");
    as(admin)
        .patch(address, "{\"input_price_per_million_tokens\": 0.0000001}")
        .expectProblem(422, "validation_failed", "input_price_per_million_tokens");
    as(admin)
        .patch(address, "{\"input_price_per_million_tokens\": 1e99999999999}")
        .expectProblem(400, "invalid_body", "input_price_per_million_tokens");
    as(admin).patch(address, object("id", 7)).expectProblem(400, "invalid_body", "id");
    as(admin).patch(address, "[]").expectProblem(400, "invalid_body");

    assertThat(as(admin).get(address).at("/version").asInt()).isZero();
  }

  @Test
  void staleTagIs412AndChangesNothing() {
    long id = create();
    String address = MODELS + "/" + id;
    as(admin).patch(address, object("enabled", false), "If-Match", "\"0\"").expect(200);

    as(admin)
        .patch(address, object("enabled", true), "If-Match", "\"0\"")
        .expectProblem(412, "precondition_failed");
    as(admin).delete(address, "If-Match", "\"0\"").expectProblem(412, "precondition_failed");
    as(admin).delete(address, "If-Match", "0").expectProblem(400, "invalid_request");

    assertThat(as(admin).get(address).at("/enabled").asBoolean()).isFalse();
    as(admin).delete(address, "If-Match", "\"1\"").expect(204);
  }

  @Test
  void deletedModelIsGoneUntilRestored() {
    long id = create();
    String address = MODELS + "/" + id;
    as(admin).delete(address).expect(204);

    as(admin).delete(address).expectProblem(404, "not_found");
    as(admin).patch(address, "{}").expectProblem(404, "not_found");
    Answer restored = as(admin).post(address + "/restore", "").expect(200);

    assertThat(restored.at("/deleted_at").isNull()).isTrue();
    as(users().user()).get(address).expect(200);
    as(admin).post(address + "/restore", "").expect(200);
  }

  @Test
  void restoreAfterThirtyDaysIsRefused() throws SQLException {
    long id = create();
    as(admin).delete(MODELS + "/" + id).expect(204);
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE admin.llm_models SET deleted_at = now() - interval '31 days' WHERE id = " + id);
    }

    as(admin).post(MODELS + "/" + id + "/restore", "").expectProblem(409, "conflict");
  }

  @Test
  void unknownModelIs404() {
    for (String id : List.of("0", "-1", "999999999999")) {
      as(admin).get(MODELS + "/" + id).expectProblem(404, "not_found");
      as(admin).delete(MODELS + "/" + id).expectProblem(404, "not_found");
      as(admin).post(MODELS + "/" + id + "/restore", "").expectProblem(404, "not_found");
    }
    as(admin).get(MODELS + "/x").expectProblem(400, "invalid_parameter", "id");
  }

  @Test
  void listShowsEveryModelOnceNewestFirstAcrossPages() {
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(create());
    }

    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = as(admin).get(MODELS + "?limit=2&enabled=true" + cursor).expect(200);
      seen.addAll(ids(page));
      cursor =
          page.at("/next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor").asString();
    } while (!cursor.isEmpty());

    assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(seen).containsSubsequence(made);
  }

  @Test
  void listWithBadParametersIs400() {
    create();
    create();
    String cursor = as(admin).get(MODELS + "?limit=1").at("/next_cursor").asString();

    as(admin)
        .get(MODELS + "?limit=1&enabled=true&cursor=" + cursor)
        .expectProblem(400, "invalid_cursor");
    as(admin).get(MODELS + "?limit=-1").expectProblem(400, "invalid_parameter", "limit");
    as(admin).get(MODELS + "?provider=X").expectProblem(400, "invalid_parameter", "provider");
    as(admin).get(MODELS + "?enabled=2").expectProblem(400, "invalid_parameter", "enabled");
    as(admin).get(MODELS + "?name=%00").expectProblem(400, "invalid_parameter", "name");
  }

  private void refuses(String field, Object value) {
    var body = object("name", freshName(), "provider", "OPENAI");
    body.put(field, value);
    as(admin).post(MODELS, body).expectProblem(422, "validation_failed", field);
  }

  private long create(Object... more) {
    var body = object("name", freshName(), "provider", "OPENAI");
    body.putAll(object(more));
    return as(admin).post(MODELS, body).expect(201).id();
  }

  private static List<Long> ids(Answer list) {
    List<Long> ids = new ArrayList<>();
    list.expect(200).at("/items").forEach(item -> ids.add(item.path("id").asLong()));
    return ids;
  }

  private static String freshName() {
    return "model-" + NAMES.incrementAndGet() + "/" + System.nanoTime();
  }
}
