package io.a2g.tracing.log.web;

import io.a2g.common.error.InvalidRequest;
import io.a2g.tracing.log.LogLevel;
import io.a2g.tracing.log.LogType;
import io.a2g.tracing.log.NewLogEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param spanId W3C span id; absent: of the trace as a whole
 * @param parentSpanId the span that this one is part of; absent: none
 * @param serviceName who writes it
 * @param level INFO when absent
 * @param logType MESSAGE when absent
 * @param message text for people; of a span, its name
 * @param attributes whatever else is known
 * @param occurredAt now when absent
 * @param durationMs milliseconds; absent: an event without duration
 */
record LogEntryRequest(
    @Pattern(regexp = SPAN_ID, message = SPAN_ID_RULE) @Nullable String spanId,
    @Pattern(regexp = SPAN_ID, message = SPAN_ID_RULE) @Nullable String parentSpanId,
    @NotBlank @Size(max = 100) String serviceName,
    @Schema(description = "INFO when absent") @Nullable LogLevel level,
    @Schema(description = "MESSAGE when absent") @Nullable LogType logType,
    @Size(max = 100_000) @Nullable String message,
    @Schema(
            types = "object",
            implementation = Object.class,
            description = "At most 65,536 bytes of JSON")
        @Nullable Attributes attributes,
    @Schema(description = "Now when absent") @Nullable Instant occurredAt,
    @Schema(description = "Milliseconds") @DecimalMin("0") @DecimalMax("1e12")
        @Nullable BigDecimal durationMs) {

  private static final String SPAN_ID = "(?!0{16})[0-9a-f]{16}";
  private static final String SPAN_ID_RULE = "must be 16 lower-case hex digits, not all zero";

  /**
   * The entry.
   *
   * @param index where it stands in its batch, for the error
   */
  NewLogEntry entry(int index) {
    Attributes known = attributes == null ? Attributes.NONE : attributes;
    if (known.tooLarge()) {
      throw new InvalidRequest(
          "entries[%d].attributes".formatted(index), "size", "must have at most 65,536 bytes");
    }
    return new NewLogEntry(
        spanId,
        parentSpanId,
        serviceName,
        level == null ? LogLevel.INFO : level,
        logType == null ? LogType.MESSAGE : logType,
        message == null ? "" : message,
        known.json(),
        occurredAt,
        durationMs == null ? null : durationMs.doubleValue());
  }
}
