package io.a2g.tracing.trace;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.reference.PinnedRows;
import io.a2g.common.reference.ReferenceNotFound;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.security.Caller;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What traces refer to in other schemas. */
@Component
class TraceReferences {

  static final Reference AGENT = Reference.of("tracing-service", "trace_metadata.agent_id");
  static final Reference SESSION = Reference.of("tracing-service", "trace_metadata.session_id");

  private static final String SESSION_ID = "session_id";
  private static final String NO_SESSION =
      "refers to no session of yours whose trace_id is this one; read it from the session";

  private final ReferenceVerifier verifier;
  private final PinnedRows rows;

  TraceReferences(ReferenceVerifier verifier, PinnedRows rows) {
    this.verifier = verifier;
    this.rows = rows;
  }

  /**
   * Pins what is not null: an agent that the caller may use, and a session of the caller's whose
   * own trace id is this one.
   */
  void pin(Caller caller, String traceId, @Nullable Long sessionId, @Nullable Long agentId) {
    try {
      verifier.pin(pins(caller, traceId, sessionId, agentId));
    } catch (ReferenceNotFound failure) {
      throw explained(failure);
    }
  }

  /** Stores a new trace if what it refers to is there; see {@link #pin}. */
  Trace insert(Caller caller, Trace trace) {
    TraceDetails details = trace.details();
    try {
      return rows.insert(
          trace.asNewRow(),
          Trace.class,
          pins(caller, trace.traceId(), details.sessionId(), details.agentId()));
    } catch (ReferenceNotFound failure) {
      throw explained(failure);
    }
  }

  // A session is pinned by its user and its trace id too, and the answer tells none of them.
  private static ProblemException explained(ReferenceNotFound failure) {
    List<FieldProblem> errors =
        failure.errors().stream()
            .map(error ->
                error.field().equals(SESSION_ID)
                    ? new FieldProblem(error.field(), error.code(), NO_SESSION)
                    : error)
            .toList();
    FieldProblem first = errors.getFirst();
    return new ProblemException(
        failure.type(), first.field() + " " + first.message() + ".", errors);
  }

  private static Pin[] pins(
      Caller caller, String traceId, @Nullable Long sessionId, @Nullable Long agentId) {
    List<Pin> pins = new ArrayList<>();
    if (agentId != null) {
      pins.add(AGENT.to(agentId, caller.userId(), caller.deptCode(), caller.isAdmin()));
    }
    if (sessionId != null) {
      pins.add(SESSION.to(sessionId, traceId, caller.userId(), caller.isAdmin()));
    }
    return pins.toArray(Pin[]::new);
  }
}
