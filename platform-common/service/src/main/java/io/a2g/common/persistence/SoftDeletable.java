package io.a2g.common.persistence;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import jakarta.persistence.MappedSuperclass;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row that is marked deleted first and can be restored for 30 days. */
@MappedSuperclass
public abstract class SoftDeletable extends Versioned {

  /** How long a deleted row can be restored. */
  public static final Duration RESTORABLE = Duration.ofDays(30);

  private @Nullable Instant deletedAt;

  /** When it was deleted; null while it is live. */
  public @Nullable Instant deletedAt() {
    return deletedAt;
  }

  /** True until it is deleted. */
  public boolean isLive() {
    return deletedAt == null;
  }

  /** Marks it deleted; a second time changes nothing. */
  public void delete(Instant now) {
    if (deletedAt == null) {
      deletedAt = now;
    }
  }

  /**
   * Makes it live again; changes nothing when it is.
   *
   * @throws ProblemException 409 when it was deleted more than 30 days before {@code now}
   */
  public void restore(Instant now) {
    if (deletedAt != null && deletedAt.plus(RESTORABLE).isBefore(now)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "It was deleted more than 30 days ago and cannot be restored.");
    }
    deletedAt = null;
  }
}
