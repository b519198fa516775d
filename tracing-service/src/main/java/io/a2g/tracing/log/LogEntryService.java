package io.a2g.tracing.log;

import io.a2g.common.error.InvalidRequest;
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
   * Adds entries to a live trace of the caller's (any for administrators): all or none.
   *
   * <p>Opens no transaction: one statement does it all.
   */
  public Appended append(Caller caller, String traceId, List<NewLogEntry> entries) {
    return table
        .append(caller, traceId, entries, timesOf(entries))
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

  private List<Instant> timesOf(List<NewLogEntry> entries) {
    Instant now = clock.instant();
    Instant oldest = retention.oldestLog(now);
    Instant newest = now.plus(AHEAD);
    List<Instant> times = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Instant time = Objects.requireNonNullElse(entries.get(i).occurredAt(), now);
      if (time.isBefore(oldest) || time.isAfter(newest)) {
        throw new InvalidRequest(
            "entries[%d].occurred_at".formatted(i),
            "out_of_range",
            "must be within the retention of log entries and not a day ahead");
      }
      // What PostgreSQL keeps; it would round, and could so change the order.
      times.add(time.truncatedTo(ChronoUnit.MICROS));
    }
    return times;
  }
}
