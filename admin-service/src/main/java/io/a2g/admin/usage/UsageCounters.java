package io.a2g.admin.usage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes the counters. */
@Repository
class UsageCounters {

  // One statement for any number of rows. The order is the order in which rows are locked: two
  // batches that meet wait for each other in the same order, so none is a deadlock's victim.
  private static final String ADD =
      """
      INSERT INTO admin.usage_stats AS stored
        (day, user_id, agent_id, model, request_count, input_tokens, output_tokens, cost)
      SELECT day, user_id, agent_id, model, request_count, input_tokens, output_tokens, cost
      FROM unnest(?::text[]::date[], ?::bigint[], ?::bigint[], ?::text[],
                  ?::bigint[], ?::bigint[], ?::bigint[], ?::text[]::numeric[])
        AS added (day, user_id, agent_id, model, request_count, input_tokens, output_tokens, cost)
      ORDER BY day, user_id, agent_id, model COLLATE "C"
      ON CONFLICT (day, user_id, agent_id, model) DO UPDATE SET
        request_count = stored.request_count + excluded.request_count,
        input_tokens = stored.input_tokens + excluded.input_tokens,
        output_tokens = stored.output_tokens + excluded.output_tokens,
        cost = stored.cost + excluded.cost
      """;

  private final JdbcClient jdbc;

  UsageCounters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds to every row, all or nothing. */
  void add(Map<UsageKey, Counters> rows) {
    var entries = List.copyOf(rows.entrySet());
    jdbc.sql(ADD)
        .param(texts(entries, row -> row.getKey().day().toString()))
        .param(numbers(entries, row -> row.getKey().userId()))
        .param(numbers(entries, row -> row.getKey().agentId()))
        .param(texts(entries, row -> row.getKey().model()))
        .param(numbers(entries, row -> row.getValue().requestCount()))
        .param(numbers(entries, row -> row.getValue().inputTokens()))
        .param(numbers(entries, row -> row.getValue().outputTokens()))
        .param(texts(entries, row -> row.getValue().cost().toPlainString()))
        .update();
  }

  private static <R> @Nullable Long[] numbers(List<R> rows, Function<R, @Nullable Long> column) {
    @Nullable Long[] values = new @Nullable Long[rows.size()];
    Arrays.setAll(values, i -> column.apply(rows.get(i)));
    return values;
  }

  private static <R> String[] texts(List<R> rows, Function<R, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }
}
