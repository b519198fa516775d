package io.a2g.tracing.trace;

import io.a2g.common.reference.Reference;
import io.a2g.common.reference.ReferenceVerifier;
import io.a2g.common.security.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What traces refer to in other schemas. */
@Component
class TraceReferences {

  private static final Reference AGENT = new Reference("agent_id", "agent", "agents.pin_agent");
  private static final Reference SESSION =
      new Reference("session_id", "chat session with this trace id", "chat.pin_session");

  private final ReferenceVerifier verifier;

  TraceReferences(ReferenceVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Pins what is not null: an agent that the caller may use, and a session of the caller's whose
   * own trace id is this one.
   */
  void pin(Caller caller, String traceId, @Nullable Long sessionId, @Nullable Long agentId) {
    List<Reference.Pin> pins = new ArrayList<>();
    if (agentId != null) {
      pins.add(AGENT.to(agentId, caller.userId(), caller.deptCode(), caller.isAdmin()));
    }
    if (sessionId != null) {
      pins.add(SESSION.to(sessionId, traceId, caller.userId(), caller.isAdmin()));
    }
    verifier.pin(pins.toArray(Reference.Pin[]::new));
  }
}
