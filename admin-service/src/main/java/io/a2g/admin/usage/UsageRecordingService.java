package io.a2g.admin.usage;

import io.a2g.admin.model.ModelPrice;
import io.a2g.admin.model.ModelPriceTable;
import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Counts usage. */
@Service
public class UsageRecordingService {

  /** How late usage may arrive. */
  public static final Duration LATEST = Duration.ofDays(400);

  // Clocks differ; a day apart is a mistake.
  private static final Duration AHEAD = Duration.ofDays(1);

  // What the column of costs holds.
  private static final BigDecimal DEAREST = BigDecimal.TEN.pow(10);

  private final ModelPriceTable prices;
  private final UsageTable table;
  private final Clock clock;

  UsageRecordingService(ModelPriceTable prices, UsageTable table, Clock clock) {
    this.prices = prices;
    this.table = table;
    this.clock = clock;
  }

  /**
   * Adds a batch to the counters at the models' present prices. Only administrators may: a user
   * could otherwise falsify the counts.
   *
   * <p>Opens no transaction: the one statement that writes is all or nothing by itself.
   *
   * @return what was added, in sum
   * @throws ProblemException 422 naming every item whose model was never known, or the first whose
   *     time or cost is out of range; nothing is counted then
   */
  @PreAuthorize("hasRole('ADMIN')")
  public Counters add(UsageBatch batch) {
    Map<String, ModelPrice> known =
        prices.of(batch.items().stream().map(Usage::model).collect(Collectors.toSet()));
    requireKnown(batch, known);
    Map<UsageTable.Key, Counters> rows = new HashMap<>();
    Counters sum = new Counters(0, 0, 0, BigDecimal.ZERO);
    for (int i = 0; i < batch.items().size(); i++) {
      Usage usage = batch.items().get(i);
      LocalDate day = dayOf(usage.occurredAt(), batch.field(i, "occurred_at"));
      ModelPrice price = known.get(usage.model());
      Counters added = priced(usage, price);
      Counters row =
          rows.merge(
              new UsageTable.Key(day, usage.userId(), usage.agentId(), usage.model()),
              added,
              Counters::plus);
      if (row.cost().compareTo(DEAREST) >= 0) {
        throw new InvalidRequest(
            batch.field(i, "input_tokens"),
            "out_of_range",
            "costs too much: one day of a user, an agent and a model holds less than %s USD"
                .formatted(DEAREST.toPlainString()));
      }
      sum = sum.plus(added);
    }
    table.add(rows);
    return sum;
  }

  private static void requireKnown(UsageBatch batch, Map<String, ModelPrice> known) {
    List<FieldProblem> unknown = new ArrayList<>();
    for (int i = 0; i < batch.items().size(); i++) {
      if (!known.containsKey(batch.items().get(i).model())) {
        unknown.add(
            new FieldProblem(
                batch.field(i, "model"), "not_found", "is not the name of a registered model"));
      }
    }
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          ProblemType.REFERENCE_NOT_FOUND,
          unknown.getFirst().field() + " is not the name of a registered model.",
          unknown);
    }
  }

  private LocalDate dayOf(@Nullable Instant occurredAt, String field) {
    Instant now = clock.instant();
    Instant time = occurredAt == null ? now : occurredAt;
    if (time.isAfter(now.plus(AHEAD)) || time.isBefore(now.minus(LATEST))) {
      throw new InvalidRequest(
          field, "out_of_range", "must be within the last 400 days and not a day ahead");
    }
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static Counters priced(Usage usage, @Nullable ModelPrice price) {
    return new Counters(
        usage.requestCount(),
        usage.inputTokens(),
        usage.outputTokens(),
        price == null ? BigDecimal.ZERO : price.costOf(usage.inputTokens(), usage.outputTokens()));
  }
}
