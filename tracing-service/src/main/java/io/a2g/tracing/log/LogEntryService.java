package io.a2g.tracing.log;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.tracing.retention.RetentionProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** Writes and reads the log entries of traces. */
@Service
public class LogEntryService {

  // Clocks differ; a day apart is a mistake.
  private static final Duration AHEAD = Duration.ofDays(1);

  private final LogEntryTable table;
  private final RetentionProperties retention;
  private final Clock clock;

  LogEntryService(LogEntryTable table, RetentionProperties retention, Clock clock) {
    this.table = table;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Adds entries to a live trace of the caller's (any for administrators): all or none, so that a
   * corrected batch can be sent again whole.
   *
   * <p>Opens no transaction: one statement does it all.
   *
   * @throws ProblemException 422 naming every entry whose time is out of range or that is its own
   *     parent
   */
  public Appended append(Caller caller, String traceId, List<NewLogEntry> entries) {
    return table
        .append(caller, traceId, entries, checkedTimes(entries))
        .orElseThrow(() -> new ResourceNotFound("trace", traceId));
  }

  /** Entries of a trace that the caller may see, in the order in which they happened. */
  public List<LogEntry> read(
      Caller caller, String traceId, LogFilter filter, LogPosition after, int limit) {
    List<LogEntry> entries = table.read(caller, traceId, filter, after, limit);
    if (entries.isEmpty() && !table.isVisible(caller, traceId)) {
      throw new ResourceNotFound("trace", traceId);
    }
    return entries;
  }

  private List<Instant> checkedTimes(List<NewLogEntry> entries) {
    Instant now = clock.instant();
    Instant oldest = retention.oldestLog(now).truncatedTo(ChronoUnit.SECONDS);
    Instant newest = now.plus(AHEAD).truncatedTo(ChronoUnit.SECONDS);
    List<Instant> times = new ArrayList<>(entries.size());
    List<FieldProblem> errors = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      NewLogEntry entry = entries.get(i);
      if (entry.spanId() != null && entry.spanId().equals(entry.parentSpanId())) {
        errors.add(
            new FieldProblem(
                "entries[%d].parent_span_id".formatted(i),
                "same_span",
                "must be another span than span_id"));
      }
      Instant time = Objects.requireNonNullElse(entry.occurredAt(), now);
      if (time.isBefore(oldest) || time.isAfter(newest)) {
        errors.add(
            new FieldProblem(
                "entries[%d].occurred_at".formatted(i),
                "out_of_range",
                "must be from %s to %s".formatted(oldest, newest)));
      }
      // What PostgreSQL keeps; it would round, and could so change the order.
      times.add(time.truncatedTo(ChronoUnit.MICROS));
    }
    if (!errors.isEmpty()) {
      FieldProblem first = errors.getFirst();
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "%s %s; no entry was stored.".formatted(first.field(), first.message()),
          errors);
    }
    return times;
  }
}
