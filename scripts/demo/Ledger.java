import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The model's prices and the count of its use, kept by the administrator. */
final class Ledger {

  private static final String MODELS = "/api/v1/llm-models";
  private static final String USAGE = "/api/v1/usage-stats";
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final Platform admin;
  private final Json model;

  /** Finds the model that an earlier run registered, or registers it. */
  Ledger(Platform admin) {
    this.admin = admin;
    this.model =
        admin.list(Settings.Service.ADMIN, MODELS + "?limit=200").stream()
            .filter(row -> row.at("name").text().equals(Quoting.MODEL))
            .findFirst()
            .orElseGet(this::register);
  }

  private Json register() {
    Json body =
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
    return admin.post(Settings.Service.ADMIN, MODELS, body).expect(201).json();
  }

  BigDecimal inputPrice() {
    return model.at("input_price_per_million_tokens").decimal();
  }

  BigDecimal outputPrice() {
    return model.at("output_price_per_million_tokens").decimal();
  }

  /** Records a turn for its user. */
  void record(Cast.Person user, Agent agent, Conversation.Turn turn) {
    Json body =
        Json.object(
            "user_id", user.id(),
            "agent_id", agent.id(),
            "model", Quoting.MODEL,
            "request_count", 1,
            "input_tokens", turn.inputTokens(),
            "output_tokens", turn.outputTokens());
    admin.post(Settings.Service.ADMIN, USAGE, body).expect(201);
  }

  /** The user's usage of today, as the user itself may read it. */
  Json sums(Cast.Person user) {
    String path =
        USAGE + "/sums?group_by=user,agent,model&from=%s&to=%s".formatted(today(), today());
    List<Json> sums =
        user.platform().get(Settings.Service.ADMIN, path).expect(200).json().at("items").items();
    DemoFailure.unless(
        sums.size() == 1, "one usage was recorded and %d sums are there", sums.size());
    return sums.getFirst();
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
