package io.a2g.tracing.retention;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept ({@code platform.retention}).
 *
 * @param logs age at which log entries go, one day or more; six months when absent. Entries go a
 *     month at a time, so they may stay up to a month longer.
 */
@ConfigurationProperties("platform.retention")
public record RetentionProperties(@DefaultValue("P6M") Period logs) {

  /** Refuses a retention that would remove what has just been written. */
  public RetentionProperties {
    Instant day = Instant.EPOCH.atOffset(ZoneOffset.UTC).plusDays(1).toInstant();
    if (Instant.EPOCH.atOffset(ZoneOffset.UTC).plus(logs).toInstant().isBefore(day)) {
      throw new IllegalArgumentException(
          "LOG_RETENTION is %s; give an ISO 8601 period of one day or more, such as P6M."
              .formatted(logs));
    }
  }

  /** The time before which log entries are neither kept nor taken. */
  public Instant oldestLog(Instant now) {
    return now.atOffset(ZoneOffset.UTC).minus(logs).toInstant();
  }
}
