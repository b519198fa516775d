package io.a2g.systemtest.demo;

import io.a2g.systemtest.Failure;
import io.a2g.systemtest.Json;
import io.a2g.systemtest.Platform;
import io.a2g.systemtest.Service;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import tools.jackson.databind.JsonNode;

/** The model's prices and the count of its use, kept by the administrator. */
final class Ledger {

  private static final String MODELS = "/api/v1/llm-models";
  private static final String USAGE = "/api/v1/usage-stats";
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final Platform admin;
  private final JsonNode model;

  /** Finds the model that an earlier run registered, or registers it. */
  Ledger(Platform admin) {
    this.admin = admin;
    this.model =
        admin.list(Service.ADMIN, MODELS + "?limit=200").stream()
            .filter(row -> row.path("name").asString().equals(Quoting.MODEL))
            .findFirst()
            .orElseGet(this::register);
  }

  private JsonNode register() {
    JsonNode body =
        Json.object(
            "name",
            Quoting.MODEL,
            "provider",
            "OPENAI_COMPATIBLE",
            "endpoint_url",
            "http://127.0.0.1:9000/v1",
            "input_price_per_million_tokens",
            new BigDecimal("0.25"),
            "output_price_per_million_tokens",
            new BigDecimal("1.25"),
            "context_window",
            8192,
            "enabled",
            true);
    return admin.post(Service.ADMIN, MODELS, body).expect(201).json();
  }

  BigDecimal inputPrice() {
    return model.path("input_price_per_million_tokens").asDecimal();
  }

  BigDecimal outputPrice() {
    return model.path("output_price_per_million_tokens").asDecimal();
  }

  /** Records a turn for its user. */
  void record(Cast.Person user, Agent agent, Conversation.Turn turn) {
    JsonNode body =
        Json.object(
            "user_id", user.id(),
            "agent_id", agent.id(),
            "model", Quoting.MODEL,
            "request_count", 1,
            "input_tokens", turn.inputTokens(),
            "output_tokens", turn.outputTokens());
    admin.post(Service.ADMIN, USAGE, body).expect(201);
  }

  /** The user's usage of today, as the user itself may read it. */
  JsonNode sums(Cast.Person user) {
    String path =
        USAGE + "/sums?group_by=user,agent,model&from=%s&to=%s".formatted(today(), today());
    JsonNode sums = user.platform().get(Service.ADMIN, path).expect(200).json().path("items");
    Failure.unless(sums.size() == 1, "one usage was recorded and %d sums are there", sums.size());
    return sums.path(0);
  }

  /** What tokens cost at the model's prices, in USD. */
  BigDecimal cost(long inputTokens, long outputTokens) {
    return inputPrice()
        .multiply(BigDecimal.valueOf(inputTokens))
        .add(outputPrice().multiply(BigDecimal.valueOf(outputTokens)))
        .divide(MILLION);
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
