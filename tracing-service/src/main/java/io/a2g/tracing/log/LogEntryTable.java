package io.a2g.tracing.log;

import io.a2g.common.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of log entries. Every call is one statement, which carries the caller. */
@Repository
class LogEntryTable {

  private static final String APPEND =
      """
      WITH trace AS (
        SELECT trace_id FROM tracing.trace_metadata
        WHERE trace_id = ? AND deleted_at IS NULL AND (user_id = ? OR ?)
      ), added AS (
        INSERT INTO tracing.log_entries (trace_id, span_id, parent_span_id, service_name, level,
          log_type, message, attributes, occurred_at, duration_ms)
        SELECT trace.trace_id, e.span_id, e.parent_span_id, e.service_name, e.level,
          e.log_type, e.message, e.attributes::jsonb, e.occurred_at::timestamptz, e.duration_ms
        FROM trace, unnest(?::text[], ?::text[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::float8[])
          WITH ORDINALITY AS e (span_id, parent_span_id, service_name, level,
            log_type, message, attributes, occurred_at, duration_ms, position)
        ORDER BY e.position
        RETURNING id
      )
      SELECT count(*), min(id), max(id) FROM added
      """;

  private static final String VISIBLE =
      """
      SELECT FROM tracing.trace_metadata
      WHERE trace_id = ? AND (? OR (user_id = ? AND deleted_at IS NULL))
      """;

  private final JdbcClient jdbc;

  LogEntryTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty, and nothing stored, when there is no such live trace for this caller. */
  Optional<Appended> append(
      Caller caller, String traceId, List<NewLogEntry> entries, List<Instant> times) {
    return jdbc.sql(APPEND)
        .param(traceId)
        .param(caller.userId())
        .param(caller.isAdmin())
        .param(texts(entries, NewLogEntry::spanId))
        .param(texts(entries, NewLogEntry::parentSpanId))
        .param(texts(entries, NewLogEntry::serviceName))
        .param(texts(entries, entry -> entry.level().name()))
        .param(texts(entries, entry -> entry.logType().name()))
        .param(texts(entries, NewLogEntry::message))
        .param(texts(entries, entry -> entry.attributes().text()))
        .param(texts(times, Instant::toString))
        .param(entries.stream().map(LogEntryTable::duration).toArray(Double[]::new))
        .query((row, number) -> new Appended(row.getInt(1), row.getLong(2), row.getLong(3)))
        .optional()
        .filter(appended -> appended.count() > 0);
  }

  boolean isVisible(Caller caller, String traceId) {
    return jdbc.sql("SELECT EXISTS (" + VISIBLE + ")")
        .param(traceId)
        .param(caller.isAdmin())
        .param(caller.userId())
        .query(Boolean.class)
        .single();
  }

  List<LogEntry> read(
      Caller caller, String traceId, LogFilter filter, LogPosition after, int limit) {
    List<Object> values = new ArrayList<>();
    values.addAll(List.of(traceId, caller.isAdmin(), caller.userId()));
    values.addAll(List.of(traceId, after.occurredAt().toString(), after.id()));
    String conditions = conditions(filter, values);
    values.add(limit);
    return jdbc.sql(
            """
            WITH visible AS (%s)
            SELECT id, trace_id, span_id, parent_span_id, service_name, level, log_type, message,
              attributes, occurred_at, duration_ms, created_at
            FROM tracing.log_entries
            WHERE EXISTS (SELECT FROM visible)
              AND trace_id = ? AND (occurred_at, id) > (?::timestamptz, ?)%s
            ORDER BY occurred_at, id LIMIT ?
            """
                .formatted(VISIBLE, conditions))
        .params(values)
        .query(LogEntryTable::entry)
        .list();
  }

  // Only the filters that are set, so that PostgreSQL plans for them.
  private static String conditions(LogFilter filter, List<Object> values) {
    StringBuilder conditions = new StringBuilder();
    if (filter.level() != null) {
      conditions.append(" AND level = ANY (?)");
      values.add(filter.level().andAbove().toArray(String[]::new));
    }
    if (filter.logType() != null) {
      conditions.append(" AND log_type = ?");
      values.add(filter.logType().name());
    }
    if (filter.serviceName() != null) {
      conditions.append(" AND service_name = ?");
      values.add(filter.serviceName());
    }
    if (filter.spanId() != null) {
      conditions.append(" AND span_id = ?");
      values.add(filter.spanId());
    }
    return conditions.toString();
  }

  private static <R> @Nullable String[] texts(List<R> rows, Function<R, @Nullable String> column) {
    @Nullable String[] values = new @Nullable String[rows.size()];
    Arrays.setAll(values, i -> column.apply(rows.get(i)));
    return values;
  }

  private static @Nullable Double duration(NewLogEntry entry) {
    return entry.durationMs() == null ? null : entry.durationMs().doubleValue();
  }

  private static LogEntry entry(ResultSet row, int number) throws SQLException {
    return new LogEntry(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        LogLevel.valueOf(row.getString(6)),
        LogType.valueOf(row.getString(7)),
        row.getString(8),
        row.getString(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getObject(11, Double.class),
        row.getObject(12, OffsetDateTime.class).toInstant());
  }
}
