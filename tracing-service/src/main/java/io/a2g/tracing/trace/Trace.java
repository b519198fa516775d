package io.a2g.tracing.trace;

import io.a2g.common.persistence.SoftDeletable;
import io.a2g.common.reference.NewRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a trace is about. */
@Entity
@Table(name = "trace_metadata", schema = "tracing")
public class Trace extends SoftDeletable {

  private String traceId;
  private long userId;
  private @Nullable Long sessionId;
  private @Nullable Long agentId;
  private @Nullable String name;
  private Instant startedAt;
  private @Nullable Instant endedAt;

  /** For JPA. */
  protected Trace() {}

  Trace(String traceId, long userId, TraceDetails details) {
    this.traceId = traceId;
    this.userId = userId;
    update(details);
  }

  /** What is stored of it at first. */
  NewRow asNewRow() {
    return NewRow.of("tracing.trace_metadata")
        .with("trace_id", traceId)
        .with("user_id", userId)
        .with("session_id", sessionId)
        .with("agent_id", agentId)
        .with("name", name)
        .with("started_at", startedAt)
        .with("ended_at", endedAt);
  }

  final void update(TraceDetails details) {
    sessionId = details.sessionId();
    agentId = details.agentId();
    name = details.name();
    startedAt = micros(details.startedAt());
    endedAt = details.endedAt() == null ? null : micros(details.endedAt());
  }

  // What PostgreSQL keeps, so that the answer is what will be read.
  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** W3C trace id: 32 lower-case hex digits. */
  public String traceId() {
    return traceId;
  }

  /** Whose trace it is. */
  public long userId() {
    return userId;
  }

  /** Everything that can be edited. */
  public TraceDetails details() {
    return new TraceDetails(sessionId, agentId, name, startedAt, endedAt);
  }
}
