package io.a2g.systemtest.demo;

import io.a2g.systemtest.Answer;
import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** An agent whose knowledge is a document. */
final class Agent {

  /**
   * A chunk that a search found.
   *
   * @param score similarity to the question
   */
  record Hit(Chunk chunk, double score) {}

  private static final String PATH = "/api/v1/agents";
  private static final int BATCH = 100; // chunks in one request, the service's limit

  private final Cast.Person owner;
  private final Embedding embedding;
  private final List<Chunk> chunks;
  private final Map<String, Chunk> byContent = new HashMap<>();
  private final String name;
  private final long id;

  /**
   * Registers the agent, twice with one Idempotency-Key: a repeated request makes no second one.
   */
  Agent(Cast.Person owner, List<Chunk> chunks, Embedding embedding) {
    this.owner = owner;
    this.embedding = embedding;
    this.chunks = chunks;
    this.name = "Guide to the platform's documents";
    chunks.forEach(chunk -> byContent.put(chunk.content(), chunk));
    String key = UUID.randomUUID().toString();
    JsonNode body = description();
    this.id = register(body, key);
    long again = register(body, key);
    Failure.unless(again == id, "one Idempotency-Key made the agents %d and %d", id, again);
  }

  private long register(JsonNode body, String key) {
    Answer answer = owner.platform().post(Service.AGENT, PATH, body, key);
    return answer.expect(201).json().path("id").asLong();
  }

  private JsonNode description() {
    var capability =
        Json.object(
            "name", "answer-questions",
            "description", "Quotes the passage that answers a question.",
            "tags", List.of("documentation", "retrieval"));
    return Json.object(
        "name",
        name,
        "description",
        "Answers questions by quoting what it was given to read.",
        "framework",
        "CUSTOM",
        "endpoint_url",
        "http://127.0.0.1:9000/answer",
        "capabilities",
        List.of(capability));
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  String path() {
    return PATH + "/" + id;
  }

  /** Embeds and stores all chunks. */
  void learn() {
    for (int from = 0; from < chunks.size(); from += BATCH) {
      var batch =
          IntStream.range(from, Math.min(from + BATCH, chunks.size()))
              .mapToObj(i -> stored(chunks.get(i)))
              .toList();
      owner
          .platform()
          .post(Service.AGENT, path() + "/embeddings", Json.object("chunks", batch))
          .expect(201);
    }
    int known = owner.platform().list(Service.AGENT, path() + "/embeddings").size();
    Failure.unless(
        known == byContent.size(),
        "%d chunks were stored and %d are there",
        byContent.size(),
        known);
  }

  private JsonNode stored(Chunk chunk) {
    return Json.object(
        "content", chunk.content(),
        "embedding", embedding.of(chunk),
        "metadata", Json.object("source", chunk.source(), "first_line", chunk.firstLine()));
  }

  /** Publishes the agent to the owner's team. */
  void deploy() {
    JsonNode deployed =
        owner
            .platform()
            .post(Service.AGENT, path() + "/deploy", Json.object("visibility", "TEAM"))
            .expect(200)
            .json();
    String status = deployed.path("status").asString();
    Failure.unless(status.equals("DEPLOYED"), "the agent is %s after deploy", status);
  }

  /** The most similar chunks, as the agent service finds them. */
  List<Hit> search(Platform caller, double[] vector, int count) {
    JsonNode query = Json.object("embedding", vector, "top_k", count);
    return caller
        .post(Service.AGENT, path() + "/embeddings/search", query)
        .expect(200)
        .json()
        .path("items")
        .values()
        .stream()
        .map(item -> new Hit(known(item), item.path("score").asDouble()))
        .toList();
  }

  private Chunk known(JsonNode item) {
    Chunk chunk = byContent.get(item.path("content").asString());
    if (chunk == null) {
      throw new Failure("the search found a chunk that was never stored");
    }
    return chunk;
  }

  /** The most similar chunk by the demo's own reckoning, to compare with the service's. */
  Hit best(double[] vector) {
    return chunks.stream()
        .map(chunk -> new Hit(chunk, Embedding.similarity(vector, embedding.of(chunk))))
        .max(Comparator.comparingDouble(Hit::score))
        .orElseThrow();
  }
}
