package io.a2g.agent.knowledge.web;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.a2g.agent.AgentIT;
import io.a2g.agent.knowledge.Vectors;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.http.Answer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingApiIT extends AgentIT {

  private static final String HASH_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private TestUser owner;
  private String embeddings;

  @BeforeEach
  void makeAgent() {
    owner = users().user();
    embeddings = register(owner) + "/embeddings";
  }

  private static Map<String, Object> chunk(String content, Object... more) {
    Map<String, Object> chunk = object("content", content, "embedding", Vectors.at(10));
    chunk.putAll(object(more));
    return chunk;
  }

  private static Map<String, Object> chunks(Object... chunks) {
    return object("chunks", Arrays.asList(chunks));
  }

  @Test
  void addAnswersInTheOrderOfTheRequest() {
    Answer first = as(owner).post(embeddings, chunks(chunk("hello"))).expect(201);
    long known = first.at("/items/0/id").asLong();

    Answer added =
        as(owner)
            .post(embeddings, chunks(chunk("b"), chunk("hello"), chunk("가"), chunk("b")))
            .expect(201);

    assertThat(first.at("/items/0/chunk_hash").asString()).isEqualTo(HASH_OF_HELLO);
    assertThat(added.at("/items/1/id").asLong()).isEqualTo(known);
    assertThat(added.at("/items/1/chunk_hash").asString()).isEqualTo(HASH_OF_HELLO);
    assertThat(added.at("/items/3/id")).isEqualTo(added.at("/items/0/id"));
    assertThat(added.at("/items").valueStream().map(i -> i.path("created").asBoolean()))
        .containsExactly(true, false, true, false);
    assertThat(added.at("/items/2/id").asLong()).isGreaterThan(added.at("/items/0/id").asLong());
  }

  @Test
  void addOfKnownContentReplacesItsEmbeddingAndMetadata() {
    long id =
        as(owner)
            .post(embeddings, chunks(chunk("x", "metadata", object("v", 1))))
            .expect(201)
            .at("/items/0/id")
            .asLong();

    Answer again =
        as(owner)
            .post(
                embeddings,
                chunks(
                    chunk("x", "metadata", object("v", 2)),
                    chunk("x", "metadata", object("v", 3), "embedding", Vectors.at(90))))
            .expect(200);

    assertThat(idsIn(again)).containsExactly(id, id);
    Answer list = as(owner).get(embeddings).expect(200);
    assertThat(list.at("/items").size()).isEqualTo(1);
    assertThat(list.at("/items/0/metadata/v").asInt()).isEqualTo(3);
    assertThat(
            as(owner)
                .post(embeddings + "/search", object("embedding", Vectors.at(90)))
                .expect(200)
                .at("/items/0/score")
                .asDouble())
        .isGreaterThan(0.999);
  }

  @Test
  void metadataThatCannotBeStoredIs400() {
    for (String metadata : List.of("{\"a\":\"\\u0000\"}", "{\"a\\u0000\":1}")) {
      as(owner)
          .post(
              embeddings,
              "{\"chunks\":[{\"content\":\"x\",\"embedding\":[1],\"metadata\":%s}]}"
                  .formatted(metadata))
          .expectProblem(400, "invalid_body");
    }
  }

  @Test
  void addOfOneContentToTwoAgentsStoresItTwice() {
    String other = register(owner) + "/embeddings";

    as(owner).post(embeddings, chunks(chunk("x"))).expect(201);
    as(owner).post(other, chunks(chunk("x"))).expect(201);
  }

  @Test
  void addTwiceAtOnceStoresOnce() {
    Map<String, Object> body =
        object("chunks", IntStream.range(0, 20).mapToObj(i -> chunk("c" + i)).toList());

    var one = CompletableFuture.supplyAsync(() -> as(owner).post(embeddings, body));
    var two = CompletableFuture.supplyAsync(() -> as(owner).post(embeddings, body));

    List<Answer> answers = List.of(one.join(), two.join());
    assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 201);
    assertThat(idsIn(answers.getFirst())).isEqualTo(idsIn(answers.getLast()));
  }

  private static List<Long> idsIn(Answer answer) {
    return answer.at("/items").valueStream().map(item -> item.path("id").asLong()).toList();
  }

  @Test
  void listShowsEveryChunkOnceAcrossPagesWithoutItsEmbedding() {
    Answer added =
        as(owner)
            .post(
                embeddings,
                object("chunks", IntStream.range(0, 5).mapToObj(i -> chunk("c" + i)).toList()))
            .expect(201);

    List<Long> seen = ids(owner, embeddings + "?limit=2");

    assertThat(seen).isEqualTo(idsIn(added).reversed());
    Answer page = as(owner).get(embeddings + "?limit=1");
    assertThat(page.at("/items/0/content").asString()).isEqualTo("c4");
    assertThat(page.at("/items/0/metadata").isObject()).isTrue();
    assertThat(page.at("/items/0").has("embedding")).isFalse();
    String elsewhere = register(owner) + "/embeddings?cursor=";
    as(owner)
        .get(elsewhere + page.at("/next_cursor").asString())
        .expectProblem(400, "invalid_cursor");
  }

  @Test
  void removeIsForGoodAndTheContentCanComeAgain() {
    long id = as(owner).post(embeddings, chunks(chunk("x"))).at("/items/0/id").asLong();
    String other = register(owner) + "/embeddings/";

    as(owner).delete(other + id).expectProblem(404, "not_found");
    as(owner).delete(embeddings + "/" + id).expect(204);
    as(owner).delete(embeddings + "/" + id).expectProblem(404, "not_found");

    as(owner).post(embeddings, chunks(chunk("x"))).expect(201);
  }

  @Test
  void knowledgeIsManagedByTheOwnerAndSearchedByWhoMayUseTheAgent() {
    TestUser other = users().user();
    String path = deployed(owner, "PUBLIC") + "/embeddings";
    Map<String, Object> question = object("embedding", Vectors.at(0));

    as(other).post(path, chunks(chunk("x"))).expectProblem(403, "forbidden");
    as(other).get(path).expectProblem(403, "forbidden");
    as(other).delete(path + "/1").expectProblem(403, "forbidden");
    as(other).post(path + "/search", question).expect(200);
    as(other).post(embeddings, chunks(chunk("x"))).expectProblem(404, "not_found");
    as(other).post(embeddings + "/search", question).expectProblem(404, "not_found");
    as(users().admin()).post(embeddings, chunks(chunk("x"))).expect(201);
  }

  @Test
  void knowledgeOfADeletedAgentWaitsForItsReturn() {
    String agent = embeddings.replace("/embeddings", "");
    as(owner).post(embeddings, chunks(chunk("x"))).expect(201);
    as(owner).delete(agent).expect(204);

    as(owner).post(embeddings, chunks(chunk("y"))).expectProblem(404, "not_found");
    as(owner).get(embeddings).expectProblem(404, "not_found");
    as(owner)
        .post(embeddings + "/search", object("embedding", Vectors.at(0)))
        .expectProblem(404, "not_found");
    as(owner).post(agent + "/restore", "").expect(200);

    assertThat(as(owner).get(embeddings).at("/items").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"1\"", "\"x\"", "true", "[1]", "{}"})
  void numberOfAnotherTypeIsNamed(String number) {
    as(owner)
        .post(embeddings, bodyWith(number))
        .expectProblem(400, "invalid_body", "chunks[0].embedding[3]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"NaN\"", "\"Infinity\"", "1e999", "-1e999", "1e39"})
  void numberThatIsNotFiniteIsNamed(String number) {
    as(owner)
        .post(embeddings, bodyWith(number))
        .expectProblem(422, "validation_failed", "chunks[0].embedding[3]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-Infinity", "0x1", "1.", ".5", "01"})
  void numberThatIsNoJsonIsMalformed(String number) {
    as(owner).post(embeddings, bodyWith(number)).expectProblem(400, "malformed_json");
  }

  private static String bodyWith(String number) {
    String numbers =
        IntStream.range(0, Vectors.DIMENSION)
            .mapToObj(i -> i == 3 ? number : "0.5")
            .collect(Collectors.joining(","));
    return "{\"chunks\": [{\"content\": \"x\", \"embedding\": [" + numbers + "]}]}";
  }

  @Test
  void vectorOfTheWrongLengthOrWithoutDirectionIsRefusedAndNothingOfTheBatchStored() {
    refusedVector(new float[0]);
    refusedVector(new float[Vectors.DIMENSION - 1]);
    refusedVector(new float[Vectors.DIMENSION + 1]);
    refusedVector(new float[Vectors.DIMENSION]);
    refusedVector(Vectors.at(0, 1e-20));
    refusedVector(Vectors.at(0, 1e20));
    refusedVector(null);

    assertThat(as(owner).get(embeddings).at("/items").isEmpty()).isTrue();
  }

  private void refusedVector(float[] vector) {
    as(owner)
        .post(embeddings, chunks(chunk("good"), chunk("bad", "embedding", vector)))
        .expectProblem(422, "validation_failed", "chunks[1].embedding");
    as(owner)
        .post(embeddings + "/search", object("embedding", vector))
        .expectProblem(422, "validation_failed", "embedding");
  }

  @Test
  void addThatBreaksARuleNamesTheField() {
    refused("chunks", object());
    refused("chunks", chunks());
    refused("chunks", object("chunks", Collections.nCopies(101, chunk("x"))));
    refused("chunks[0]", chunks((Object) null));
    refused("chunks[1].content", chunks(chunk("x"), chunk(" ")));
    refused("chunks[0].content", chunks(chunk("x".repeat(20_001))));
    refused("chunks[0].metadata", chunks(chunk("x", "metadata", object("a", "x".repeat(16_384)))));
    for (Object metadata : List.of(List.of(), "x", 1, true, object("a", "\0"))) {
      as(owner)
          .post(embeddings, chunks(chunk("x", "metadata", metadata)))
          .expectProblem(400, "invalid_body", "chunks[0].metadata");
    }
    as(owner).post(embeddings, chunks(chunk("x".repeat(20_000)))).expect(201);
  }

  private void refused(String field, Object body) {
    as(owner).post(embeddings, body).expectProblem(422, "validation_failed", field);
  }

  @Test
  void searchNeedsTheScopeToReadAndOtherMethodsThereTheOneToWrite() throws SQLException {
    TestUser reader = users().user();
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "UPDATE users.api_keys SET scopes = '{agents:read}' WHERE user_id = " + reader.id());
    }

    as(reader)
        .post(embeddings + "/search", object("embedding", Vectors.at(0)))
        .expectProblem(404, "not_found");
    as(reader).delete(embeddings + "/search").expectProblem(403, "insufficient_scope");
  }

  @Test
  void searchThatBreaksARuleNamesTheField() {
    refusedSearch(422, "validation_failed", "top_k", 0);
    refusedSearch(422, "validation_failed", "top_k", 101);
    refusedSearch(400, "invalid_body", "top_k", 1.5);
    refusedSearch(400, "invalid_body", "top_k", "5");
    refusedSearch(400, "invalid_body", "metadata", List.of());
    refusedSearch(400, "invalid_body", "metadata", object("a", "\0"));
    refusedSearch(400, "invalid_body", "limit", 5);
    as(owner)
        .post(embeddings + "/search", "{}")
        .expectProblem(422, "validation_failed", "embedding");
  }

  private void refusedSearch(int status, String code, String field, Object value) {
    as(owner)
        .post(embeddings + "/search", object("embedding", Vectors.at(0), field, value))
        .expectProblem(status, code, field);
  }

  @Test
  void addRepeatedWithOneIdempotencyKeyAnswersTheSame() {
    Answer first =
        as(owner).post(embeddings, chunks(chunk("x")), "Idempotency-Key", "k").expect(201);
    Answer second =
        as(owner).post(embeddings, chunks(chunk("x")), "Idempotency-Key", "k").expect(201);

    assertThat(second.json()).isEqualTo(first.json());
  }
}
