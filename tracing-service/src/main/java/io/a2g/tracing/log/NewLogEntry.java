package io.a2g.tracing.log;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;

import io.a2g.common.json.BoundedJson;
import io.a2g.common.json.Name;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry to store.
 *
 * @param spanId W3C span id; absent: of the trace as a whole
 * @param parentSpanId the span that this one is part of, never itself; absent: none
 * @param serviceName where it was written
 * @param level INFO when absent
 * @param logType MESSAGE when absent
 * @param message text for people; of a span, its name; empty when absent
 * @param attributes whatever else is known
 * @param occurredAt now when absent
 * @param durationMs milliseconds; absent: an event without duration
 */
@Schema(name = "LogEntryRequest")
public record NewLogEntry(
    @Pattern(regexp = SPAN_ID, message = SPAN_ID_RULE) @Nullable String spanId,
    @Pattern(regexp = SPAN_ID, message = SPAN_ID_RULE) @Nullable String parentSpanId,
    @NotNull @Name @Size(min = 1, max = 100) String serviceName,
    @Schema(requiredMode = NOT_REQUIRED, description = "INFO when absent") LogLevel level,
    @Schema(requiredMode = NOT_REQUIRED, description = "MESSAGE when absent") LogType logType,
    @Schema(requiredMode = NOT_REQUIRED) @Size(max = 100_000) String message,
    @Schema(description = "At most 65,536 bytes of JSON")
        @BoundedJson.Size(max = BoundedJson.MAX_BYTES)
        BoundedJson attributes,
    @Schema(description = "Now when absent") @Nullable Instant occurredAt,
    @Schema(description = "Milliseconds") @DecimalMin("0") @DecimalMax("1e12")
        @Nullable BigDecimal durationMs) {

  private static final String SPAN_ID = "(?!0{16})[0-9a-f]{16}";
  private static final String SPAN_ID_RULE = "must be 16 lower-case hex digits, not all zero";

  /** Fills in what is absent. */
  public NewLogEntry {
    level = level == null ? LogLevel.INFO : level;
    logType = logType == null ? LogType.MESSAGE : logType;
    message = message == null ? "" : message;
  }
}
