package io.a2g.tracing.log.web;

import io.a2g.common.security.Caller;
import io.a2g.common.web.Cursor;
import io.a2g.common.web.CursorPage;
import io.a2g.common.web.PageQuery;
import io.a2g.tracing.log.Appended;
import io.a2g.tracing.log.LogEntry;
import io.a2g.tracing.log.LogEntryService;
import io.a2g.tracing.log.LogFilter;
import io.a2g.tracing.log.LogLevel;
import io.a2g.tracing.log.LogPosition;
import io.a2g.tracing.log.LogType;
import io.a2g.tracing.log.NewLogEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/traces/{trace_id}/logs")
@Tag(name = "logs")
class LogController {

  private final LogEntryService logs;

  LogController(LogEntryService logs) {
    this.logs = logs;
  }

  @PostMapping
  @Operation(
      summary = "Add up to 1,000 log entries to a trace",
      description = "All are stored or none. Their ids ascend in the order of the batch.")
  @ResponseStatus(HttpStatus.CREATED)
  Appended append(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("trace_id") String traceId,
      @Valid @RequestBody LogBatchRequest body) {
    return logs.append(caller, traceId, body.entries());
  }

  @GetMapping
  @Operation(
      summary = "Read the log entries of a trace",
      description =
          "In the order in which they happened. An entry that arrives late can come before a"
              + " cursor that was given out already.")
  CursorPage<LogEntry> list(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("trace_id") String traceId,
      @ParameterObject @Valid PageQuery page,
      @RequestParam(name = "level", required = false) @Nullable LogLevel level,
      @RequestParam(name = "log_type", required = false) @Nullable LogType logType,
      @RequestParam(name = "service_name", required = false) @Nullable String serviceName,
      @RequestParam(name = "span_id", required = false) @Nullable String spanId) {
    LogFilter filter = new LogFilter(level, logType, serviceName, spanId);
    String scope = "traces/" + traceId + "/logs?" + filter;
    LogPosition after =
        page.after(scope, 2)
            .map(cursor -> new LogPosition(cursor.instant(0), cursor.number(1)))
            .orElse(LogPosition.START);
    var rows = logs.read(caller, traceId, filter, after, page.fetch());
    return CursorPage.of(
        rows,
        page.size(),
        entry -> Cursor.of(scope, entry.occurredAt(), entry.id()),
        Function.identity());
  }

  /** Several entries of one trace. */
  record LogBatchRequest(
      @NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid NewLogEntry> entries) {}
}
