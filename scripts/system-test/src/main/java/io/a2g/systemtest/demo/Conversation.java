package io.a2g.systemtest.demo;

import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A chat session with the agent, every step of it measured for the trace. */
final class Conversation {

  /**
   * A question and what came of it.
   *
   * @param vector of the question
   * @param hits what the search found, best first
   * @param inputTokens of instruction, passages and question
   * @param outputTokens of the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Turn(
      String question,
      double[] vector,
      List<Agent.Hit> hits,
      String answer,
      int inputTokens,
      int outputTokens) {}

  private static final int TOP = 3;
  private static final String SERVICE = "demo-agent"; // service_name in the trace

  private final Cast.Person user;
  private final Agent agent;
  private final Embedding embedding;
  private final Spans spans = new Spans();
  private final List<JsonNode> events = new ArrayList<>();
  private final String path;
  private final String traceId;
  private final long sessionId;

  /** Opens the session and its trace. */
  Conversation(Cast.Person user, Agent agent, Embedding embedding, String title) {
    this.user = user;
    this.agent = agent;
    this.embedding = embedding;
    JsonNode wish = Json.object("agent_id", agent.id(), "title", title);
    JsonNode session =
        user.platform().post(Service.CHAT, "/api/v1/chat-sessions", wish).expect(201).json();
    this.sessionId = session.path("id").asLong();
    this.traceId = session.path("trace_id").asString();
    this.path = "/api/v1/chat-sessions/" + sessionId;
    Failure.unless(
        traceId.matches("(?!0{32})[0-9a-f]{32}"), "the session's trace id is '%s'", traceId);
    JsonNode trace =
        Json.object(
            "trace_id", traceId,
            "session_id", sessionId,
            "agent_id", agent.id(),
            "name", title,
            "started_at", Instant.now());
    user.platform().post(Service.TRACING, "/api/v1/traces", trace).expect(201);
  }

  long sessionId() {
    return sessionId;
  }

  String traceId() {
    return traceId;
  }

  String path() {
    return path;
  }

  String tracePath() {
    return "/api/v1/traces/" + traceId;
  }

  /** Asks, searches, answers and stores both messages. */
  Turn ask(String question) {
    return spans.measure(
        "answer a question",
        "SPAN",
        details -> {
          step("store the question", () -> say("USER", question, null));
          Turn found = retrieve(question);
          Turn turn = generate(found);
          step("store the answer", () -> say("ASSISTANT", turn.answer(), facts(turn)));
          details.add("session_id", sessionId, "agent_id", agent.id());
          return turn;
        });
  }

  private Turn retrieve(String question) {
    return spans.measure(
        "retrieve",
        "SPAN",
        details -> {
          double[] vector =
              spans.measure(
                  "embed the question",
                  "SPAN",
                  more -> {
                    more.add("dimension", embedding.dimension());
                    return embedding.of(question);
                  });
          List<Agent.Hit> hits =
              spans.measure("search chunks", "SPAN", more -> agent.search(traced(), vector, TOP));
          Failure.unless(!hits.isEmpty(), "the search found nothing");
          details.add("hits", hits.size(), "best_score", hits.getFirst().score());
          return new Turn(question, vector, hits, "", 0, 0);
        });
  }

  private Turn generate(Turn found) {
    return spans.measure(
        "llm " + Quoting.MODEL,
        "LLM",
        details -> {
          String prompt =
              spans.measure(
                  "build the prompt", "SPAN", more -> prompt(found.question(), found.hits()));
          Chunk passage = found.hits().getFirst().chunk();
          String quotation =
              spans.measure(
                  "tool call: quote", "TOOL_CALL", more -> quote(passage, found.vector()));
          String answer = "%s (%s)".formatted(quotation, passage.place());
          int in = Quoting.tokens(prompt);
          int out = Quoting.tokens(answer);
          details.add("model", Quoting.MODEL, "input_tokens", in, "output_tokens", out);
          return new Turn(found.question(), found.vector(), found.hits(), answer, in, out);
        });
  }

  private String quote(Chunk passage, double[] question) {
    String quotation = new Quoting(embedding).quote(passage, question);
    events.add(
        Json.object(
            "span_id",
            spans.current(),
            "service_name",
            SERVICE,
            "level",
            "INFO",
            "log_type",
            "TOOL_RESPONSE",
            "message",
            "%d characters of %s".formatted(quotation.length(), passage.place()),
            "occurred_at",
            Instant.now().truncatedTo(ChronoUnit.MICROS)));
    return quotation;
  }

  private static String prompt(String question, List<Agent.Hit> hits) {
    var prompt = new StringBuilder(Quoting.INSTRUCTION);
    hits.forEach(hit -> prompt.append("\n\n").append(hit.chunk().content()));
    return prompt.append("\n\n").append(question).toString();
  }

  private void step(String name, Runnable step) {
    spans.measure(
        name,
        "SPAN",
        details -> {
          step.run();
          return true;
        });
  }

  private static JsonNode facts(Turn turn) {
    return Json.object(
        "model", Quoting.MODEL,
        "source", turn.hits().getFirst().chunk().place(),
        "input_tokens", turn.inputTokens(),
        "output_tokens", turn.outputTokens());
  }

  private void say(String role, String content, @Nullable JsonNode facts) {
    JsonNode message = Json.object("role", role, "content", content, "metadata", facts);
    traced().post(Service.CHAT, path + "/messages", message).expect(201);
  }

  private Platform traced() {
    return user.platform().within(traceId, spans.current());
  }

  /** Sends the measured steps to the tracing service and gives back what was sent. */
  List<JsonNode> sendTrace() {
    var entries = new ArrayList<JsonNode>();
    spans.finished().forEach(span -> entries.add(span.entry(SERVICE)));
    entries.addAll(events);
    user.platform()
        .post(Service.TRACING, tracePath() + "/logs", Json.object("entries", entries))
        .expect(201);
    return entries;
  }
}
