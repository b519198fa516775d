package io.a2g.admin.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of counters. Each call is one statement; lists are bounded by days and by the page. */
@Repository
class UsageTable {

  // One statement for any number of rows. The order is the order in which rows are locked: two
  // batches that meet wait for each other in the same order, so there is no deadlock.
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

  UsageTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What one row of counters stands for. */
  record Key(LocalDate day, long userId, @Nullable Long agentId, String model) {}

  /** Adds to every row, all or nothing. */
  void add(Map<Key, Counters> rows) {
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

  List<UsageRow> rows(UsageFilter filter, @Nullable List<Object> after, int limit) {
    Conditions where = Conditions.of(filter);
    if (after != null) {
      where.and("(day, id) < (?, ?)", after.toArray());
    }
    return jdbc.sql(
            """
            SELECT id, day, user_id, agent_id, model, request_count, input_tokens, output_tokens,
              cost, created_at, updated_at
            FROM admin.usage_stats WHERE %s ORDER BY day DESC, id DESC LIMIT ?
            """
                .formatted(where.sql()))
        .params(where.values())
        .param(limit)
        .query(UsageTable::row)
        .list();
  }

  List<UsageSum> sums(
      UsageFilter filter, EnumSet<GroupKey> groups, @Nullable List<Object> after, int limit) {
    Conditions where = Conditions.of(filter);
    if (after != null) {
      where.after(List.copyOf(groups), after);
    }
    String keys =
        Stream.of(GroupKey.values())
            .map(key -> groups.contains(key) ? key.column() : key.absent())
            .collect(Collectors.joining(", "));
    return jdbc.sql(
            """
            SELECT %s, coalesce(sum(request_count), 0), coalesce(sum(input_tokens), 0),
              coalesce(sum(output_tokens), 0), coalesce(sum(cost), 0)
            FROM admin.usage_stats WHERE %s %s LIMIT ?
            """
                .formatted(keys, where.sql(), groupAndOrder(groups)))
        .params(where.values())
        .param(limit)
        .query(UsageTable::sum)
        .list();
  }

  // Without a key there is one group, which SQL has no GROUP BY for.
  private static String groupAndOrder(EnumSet<GroupKey> groups) {
    if (groups.isEmpty()) {
      return "";
    }
    return groups.stream().map(GroupKey::column).collect(Collectors.joining(", ", "GROUP BY ", ""))
        + groups.stream()
            .map(key -> key.order() + (key.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  static Object sortValue(UsageSum sum, GroupKey group) {
    return switch (group) {
      case DAY -> Objects.requireNonNull(sum.day());
      case USER -> Objects.requireNonNull(sum.userId());
      case AGENT -> sum.agentId() == null ? GroupKey.NO_AGENT : sum.agentId();
      case MODEL -> Objects.requireNonNull(sum.model());
    };
  }

  private static UsageRow row(ResultSet row, int number) throws SQLException {
    return new UsageRow(
        row.getLong(1),
        row.getObject(2, LocalDate.class),
        row.getLong(3),
        row.getObject(4, Long.class),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getBigDecimal(9).stripTrailingZeros(),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getObject(11, OffsetDateTime.class).toInstant());
  }

  private static UsageSum sum(ResultSet row, int number) throws SQLException {
    return new UsageSum(
        row.getObject(1, LocalDate.class),
        row.getObject(2, Long.class),
        row.getObject(3, Long.class),
        row.getString(4),
        row.getBigDecimal(5).toBigInteger(),
        row.getBigDecimal(6).toBigInteger(),
        row.getBigDecimal(7).toBigInteger(),
        row.getBigDecimal(8).stripTrailingZeros());
  }
}
