package io.a2g.user.apikey.web;

import io.a2g.common.error.InvalidRequest;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The rotation of a key.
 *
 * @param overlap how long the old key works beside the new one: an ISO 8601 duration from PT0S to
 *     P30D; P1D when absent
 */
record RotationRequest(@Size(max = 40) @Nullable String overlap) {

  private static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);

  Duration overlapOrDefault() {
    try {
      return overlap == null ? DEFAULT_OVERLAP : Duration.parse(overlap);
    } catch (DateTimeParseException e) {
      throw new InvalidRequest(
          "overlap", "invalid_format", "must be an ISO 8601 duration such as P1D");
    }
  }
}
