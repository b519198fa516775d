package io.a2g.user.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A department: one of a company directory, or one that a live user is in.
 *
 * @param version of the directory's row; -1: there is none
 * @param members how many live users are in it
 * @param changedAt when it or one of its members last changed
 */
public record DepartmentSummary(
    String code,
    String displayName,
    @Nullable String externalId,
    int version,
    long members,
    Instant createdAt,
    Instant changedAt) {

  /** Differs whenever the department or its members do. */
  public String tag() {
    return "%d-%d-%d"
        .formatted(version, members, ChronoUnit.MICROS.between(Instant.EPOCH, changedAt));
  }
}
