package io.a2g.tracing.trace.web;

import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.EntityTags;
import io.a2g.common.web.MergePatch;
import io.a2g.common.web.PageQuery;
import io.a2g.tracing.trace.Trace;
import io.a2g.tracing.trace.TraceDetails;
import io.a2g.tracing.trace.TraceFilter;
import io.a2g.tracing.trace.TraceService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/traces")
@Tag(name = "traces")
class TraceController {

  private final TraceService traces;
  private final MergePatch patches;
  private final Clock clock;

  TraceController(TraceService traces, MergePatch patches, Clock clock) {
    this.traces = traces;
    this.patches = patches;
    this.clock = clock;
  }

  @PostMapping
  @Operation(
      summary = "Register a trace",
      description = "409 when the trace id is taken, whoever's trace it is.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<TraceResponse> create(
      @AuthenticationPrincipal Caller caller, @Valid @RequestBody TraceRequest body) {
    Trace trace =
        traces.create(caller, body.traceId(), body.userId(), body.details(clock.instant()));
    return ResponseEntity.created(URI.create("/api/v1/traces/" + trace.traceId()))
        .eTag(EntityTags.of(trace.version()))
        .body(TraceResponse.of(trace));
  }

  @GetMapping
  @Operation(
      summary = "List traces",
      description = "Newest first: the own ones; everybody's as ADMIN.")
  CursorPage<TraceResponse> list(
      @AuthenticationPrincipal Caller caller,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "user_id", required = false) @Nullable Long userId,
      @RequestParam(name = "session_id", required = false) @Nullable Long sessionId,
      @RequestParam(name = "agent_id", required = false) @Nullable Long agentId,
      @RequestParam(name = "deleted", defaultValue = "false") boolean deleted) {
    TraceFilter filter = new TraceFilter(userId, sessionId, agentId, deleted);
    String scope = "traces?" + filter;
    var rows = traces.list(caller, filter, page.beforeId(scope), page.fetch());
    return CursorPage.of(
        rows, page.size(), trace -> Cursor.of(scope, trace.id()), TraceResponse::of);
  }

  @GetMapping("/{trace_id}")
  @Operation(summary = "Read a trace")
  ResponseEntity<TraceResponse> get(
      @AuthenticationPrincipal Caller caller, @PathVariable("trace_id") String traceId) {
    return answer(traces.get(caller, traceId));
  }

  @PatchMapping("/{trace_id}")
  @Operation(summary = "Change a trace (merge patch)")
  ResponseEntity<TraceResponse> update(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("trace_id") String traceId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(implementation = TraceDetails.class)))
          @RequestBody
          JsonNode patch) {
    return answer(
        traces.update(caller, traceId, ifMatch, details -> patches.apply(details, patch)));
  }

  @DeleteMapping("/{trace_id}")
  @Operation(summary = "Delete a trace", description = "Restorable for 30 days.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("trace_id") String traceId,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    traces.delete(caller, traceId, ifMatch);
  }

  @PostMapping("/{trace_id}/restore")
  @Operation(summary = "Bring a deleted trace back")
  ResponseEntity<TraceResponse> restore(
      @AuthenticationPrincipal Caller caller, @PathVariable("trace_id") String traceId) {
    return answer(traces.restore(caller, traceId));
  }

  private static ResponseEntity<TraceResponse> answer(Trace trace) {
    return ResponseEntity.ok().eTag(EntityTags.of(trace.version())).body(TraceResponse.of(trace));
  }
}
