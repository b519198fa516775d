package io.a2g.agent.knowledge;

import static io.a2g.common.testkit.http.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.a2g.agent.AgentServiceApplication;
import io.a2g.common.testkit.RunningService;
import io.a2g.common.testkit.TestUser;
import io.a2g.common.testkit.TestUsers;
import io.a2g.common.testkit.database.MigratedDatabase;
import io.a2g.common.testkit.database.TestDatabase;
import io.a2g.common.testkit.http.Answer;
import io.a2g.common.testkit.http.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What a search answers, with and without pgvector alike. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SearchContract {

  private MigratedDatabase database;
  private RunningService service;
  private Api api;

  /** The server to search on. */
  abstract TestDatabase server();

  @BeforeAll
  void start() {
    database = server().migrated("search");
    service = RunningService.start(AgentServiceApplication.class, database);
    TestUser owner = new TestUsers(database).user();
    api = service.api().as(owner.key());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  MigratedDatabase database() {
    return database;
  }

  @Test
  void bestMatchesComeFirstWithTheirCosine() {
    String agent = agent();
    add(agent, chunk("far", Vectors.at(120)), chunk("near", Vectors.at(30)));
    add(agent, chunk("opposite", Vectors.at(180)), chunk("same", Vectors.at(0)));

    JsonNode found = search(agent, object("embedding", Vectors.at(0)));

    assertThat(contents(found)).containsExactly("same", "near", "far", "opposite");
    assertThat(scores(found).get(0)).isCloseTo(1, within(1e-6));
    assertThat(scores(found).get(1)).isCloseTo(Math.sqrt(3) / 2, within(1e-6));
    assertThat(scores(found).get(2)).isCloseTo(-0.5, within(1e-6));
    assertThat(scores(found).get(3)).isCloseTo(-1, within(1e-6));
    assertThat(scores(found)).allMatch(score -> score >= -1 && score <= 1);
  }

  @Test
  void equallyGoodMatchesComeInTheOrderOfTheirIds() {
    String agent = agent();
    List<Map<String, Object>> chunks =
        IntStream.of(8, 1, 4, 2)
            .mapToObj(length -> chunk("length " + length, Vectors.at(40, length)))
            .toList();
    addAll(agent, chunks);
    add(agent, chunk("better", Vectors.at(20)));

    JsonNode found = search(agent, object("embedding", Vectors.at(0, 3), "top_k", 4));

    assertThat(contents(found)).containsExactly("better", "length 8", "length 1", "length 4");
  }

  @Test
  void lengthsAtTheLimitsCountAsMuchAsOthers() {
    String agent = agent();
    add(agent, chunk("tiny", Vectors.at(10, 2e-15)), chunk("huge", Vectors.at(20, 9e14)));

    for (double length : new double[] {2e-15, 1, 9e14}) {
      JsonNode found = search(agent, object("embedding", Vectors.at(0, length)));

      assertThat(contents(found)).containsExactly("tiny", "huge");
      assertThat(scores(found).getFirst()).isCloseTo(Math.cos(Math.toRadians(10)), within(1e-6));
    }
  }

  @Test
  void answersAreThoseOfAReckoningByHand() {
    Random random = new Random(7);
    String agent = agent();
    List<float[]> vectors = IntStream.range(0, 150).mapToObj(i -> Vectors.random(random)).toList();
    addAll(agent, IntStream.range(0, 100).mapToObj(i -> chunk("c" + i, vectors.get(i))).toList());
    addAll(agent, IntStream.range(100, 150).mapToObj(i -> chunk("c" + i, vectors.get(i))).toList());

    for (int round = 0; round < 5; round++) {
      float[] question = Vectors.random(random);
      JsonNode found = search(agent, object("embedding", question, "top_k", 20));

      List<Integer> expected =
          IntStream.range(0, vectors.size())
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -Vectors.cosine(vectors.get(i), question)))
              .limit(20)
              .toList();
      assertThat(contents(found)).isEqualTo(expected.stream().map(i -> "c" + i).toList());
      assertThat(scores(found).getLast())
          .isCloseTo(Vectors.cosine(vectors.get(expected.getLast()), question), within(1e-9));
    }
  }

  @Test
  void metadataMustContainWhatIsAskedFor() {
    String agent = agent();
    add(
        agent,
        chunk("a", Vectors.at(10), object("lang", "ko", "tags", List.of("x", "y"))),
        chunk("b", Vectors.at(20), object("lang", "en", "page", object("no", 7))),
        chunk("c", Vectors.at(30), object("lang", "ko")));

    assertThat(contents(filtered(agent, object("lang", "ko")))).containsExactly("a", "c");
    assertThat(contents(filtered(agent, object("tags", List.of("y"))))).containsExactly("a");
    assertThat(contents(filtered(agent, object("page", object("no", 7))))).containsExactly("b");
    assertThat(contents(filtered(agent, object("page", object("no", "7"))))).isEmpty();
    assertThat(contents(filtered(agent, object()))).containsExactly("a", "b", "c");
    assertThat(filtered(agent, object("page", object())).at("/0/metadata/page/no").asInt())
        .isEqualTo(7);
  }

  private JsonNode filtered(String agent, Map<String, Object> metadata) {
    return search(agent, object("embedding", Vectors.at(0), "metadata", metadata));
  }

  @Test
  void topKBoundsTheAnswerAndIsTenByDefault() {
    String agent = agent();
    addAll(agent, IntStream.range(0, 12).mapToObj(i -> chunk("c" + i, Vectors.at(i))).toList());

    assertThat(search(agent, object("embedding", Vectors.at(0))).size()).isEqualTo(10);
    assertThat(search(agent, object("embedding", Vectors.at(0), "top_k", 1)).size()).isEqualTo(1);
    assertThat(search(agent, object("embedding", Vectors.at(0), "top_k", 100)).size())
        .isEqualTo(12);
  }

  @Test
  void fewChunksAmongManyBetterOnesOfAnotherAgentAreAllFound() {
    String crowd = agent();
    for (int batch = 0; batch < 10; batch++) {
      int first = batch * 100;
      addAll(
          crowd,
          IntStream.range(first, first + 100)
              .mapToObj(i -> chunk("crowd " + i, Vectors.at(i / 100.0)))
              .toList());
    }
    String few = agent();
    addAll(
        few, IntStream.range(0, 5).mapToObj(i -> chunk("few " + i, Vectors.at(90 + i))).toList());

    for (int round = 0; round < 8; round++) {
      JsonNode found = search(few, object("embedding", Vectors.at(0), "top_k", 5));

      assertThat(contents(found)).containsExactly("few 0", "few 1", "few 2", "few 3", "few 4");
    }
  }

  @Test
  void searchOfAnEmptyAgentFindsNothing() {
    assertThat(search(agent(), object("embedding", Vectors.at(0))).isEmpty()).isTrue();
  }

  String agent() {
    String name = "Agent " + System.nanoTime();
    Answer made = api.post("/api/v1/agents", object("name", name, "framework", "CUSTOM"));
    return "/api/v1/agents/" + made.expect(201).id();
  }

  static Map<String, Object> chunk(String content, float[] embedding) {
    return chunk(content, embedding, object());
  }

  static Map<String, Object> chunk(
      String content, float[] embedding, Map<String, Object> metadata) {
    return object("content", content, "embedding", embedding, "metadata", metadata);
  }

  void add(String agent, Object... chunks) {
    addAll(agent, List.of(chunks));
  }

  void addAll(String agent, List<?> chunks) {
    api.post(agent + "/embeddings", object("chunks", chunks)).expect(201);
  }

  JsonNode search(String agent, Map<String, Object> question) {
    return api.post(agent + "/embeddings/search", question).expect(200).at("/items");
  }

  static List<String> contents(JsonNode items) {
    return items.valueStream().map(item -> item.path("content").asString()).toList();
  }

  static List<Double> scores(JsonNode items) {
    List<Double> scores = new ArrayList<>();
    items.forEach(item -> scores.add(item.path("score").asDouble()));
    return scores;
  }
}
