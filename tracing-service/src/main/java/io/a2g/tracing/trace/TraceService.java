package io.a2g.tracing.trace;

import io.a2g.common.audit.AuditLog;
import io.a2g.common.error.InvalidRequest;
import io.a2g.common.error.ResourceNotFound;
import io.a2g.common.security.Caller;
import io.a2g.common.web.EntityTags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything that happens to traces. Users have their own; administrators all. */
@Service
public class TraceService {

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  // Clocks differ; a day apart is a mistake.
  private static final Duration AHEAD = Duration.ofDays(1);

  private final TraceRepository traces;
  private final TraceSearch search;
  private final TraceReferences references;
  private final AuditLog audit;
  private final Clock clock;

  TraceService(
      TraceRepository traces,
      TraceSearch search,
      TraceReferences references,
      AuditLog audit,
      Clock clock) {
    this.traces = traces;
    this.search = search;
    this.references = references;
    this.audit = audit;
    this.clock = clock;
  }

  /** A trace the caller may see: live ones of the own; any for administrators. */
  public Trace get(Caller caller, String traceId) {
    return found(traceId, traces.findVisible(traceId, caller.userId(), caller.isAdmin()));
  }

  /** Traces, newest first: the caller's own; everybody's for administrators. */
  public List<Trace> list(Caller caller, TraceFilter filter, long before, int limit) {
    return search.search(caller.isAdmin() ? filter : ownedBy(caller, filter), before, limit);
  }

  private static TraceFilter ownedBy(Caller caller, TraceFilter filter) {
    long userId = caller.ownerOf("user_id", filter.userId());
    return new TraceFilter(userId, filter.sessionId(), filter.agentId(), filter.deleted());
  }

  /**
   * Registers a trace.
   *
   * @param userId whose trace; null: the caller's. Only an administrator may name another user.
   */
  @Transactional
  public Trace create(Caller caller, String traceId, @Nullable Long userId, TraceDetails details) {
    long owner = caller.ownerOf("user_id", userId);
    requireTimes(details);
    return references.insert(caller, new Trace(traceId, owner, details));
  }

  /**
   * Changes a trace.
   *
   * @param ifMatch see {@link EntityTags#requireMatch}
   * @param edit computes the new values from the current ones, under the row's lock
   */
  @Transactional
  public Trace update(
      Caller caller,
      String traceId,
      @Nullable String ifMatch,
      Function<TraceDetails, TraceDetails> edit) {
    Trace trace = live(caller, traceId);
    EntityTags.requireMatch(ifMatch, trace.version());
    TraceDetails before = trace.details();
    TraceDetails after = edit.apply(before);
    requireTimes(after);
    references.pin(
        caller,
        traceId,
        changed(before.sessionId(), after.sessionId()),
        changed(before.agentId(), after.agentId()));
    trace.update(after);
    return traces.saveAndFlush(trace);
  }

  /** Marks a trace deleted; its log entries stay and cannot be read meanwhile. */
  @Transactional
  public void delete(Caller caller, String traceId, @Nullable String ifMatch) {
    Trace trace = live(caller, traceId);
    EntityTags.requireMatch(ifMatch, trace.version());
    trace.delete(clock.instant());
    traces.saveAndFlush(trace);
    audit.record("trace.deleted", "trace", trace.id(), null, null);
  }

  /** Brings a deleted trace back within 30 days, if what it refers to is still there. */
  @Transactional
  public Trace restore(Caller caller, String traceId) {
    Trace trace = locked(caller, traceId);
    if (trace.isLive()) {
      return trace;
    }
    TraceDetails details = trace.details();
    references.pin(caller, traceId, details.sessionId(), details.agentId());
    trace.restore(clock.instant());
    audit.record("trace.restored", "trace", trace.id(), null, null);
    return traces.saveAndFlush(trace);
  }

  // A reference that stays is not checked again: what it points to may be gone by now.
  private static @Nullable Long changed(@Nullable Long before, @Nullable Long after) {
    return after == null || after.equals(before) ? null : after;
  }

  private void requireTimes(TraceDetails details) {
    requireTime("started_at", details.startedAt());
    Instant end = details.endedAt();
    if (end != null) {
      requireTime("ended_at", end);
      if (end.isBefore(details.startedAt())) {
        throw new InvalidRequest("ended_at", "before_start", "must not be before started_at");
      }
    }
  }

  private void requireTime(String field, Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(clock.instant().plus(AHEAD))) {
      throw new InvalidRequest(
          field, "out_of_range", "must be after the year 2000 and not a day ahead");
    }
  }

  private Trace live(Caller caller, String traceId) {
    Trace trace = locked(caller, traceId);
    if (!trace.isLive()) {
      throw new ResourceNotFound("trace", traceId);
    }
    return trace;
  }

  private Trace locked(Caller caller, String traceId) {
    return found(traceId, traces.findForUpdate(traceId, caller.userId(), caller.isAdmin()));
  }

  private static Trace found(String traceId, Optional<Trace> trace) {
    return trace.orElseThrow(() -> new ResourceNotFound("trace", traceId));
  }
}
