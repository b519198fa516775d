package io.a2g.common.topology;

import java.util.Collection;
import java.util.Map;

/** Tells whether targets exist, without holding them: for reports, never for a decision. */
public interface TargetStates {

  /**
   * Of each id whether the row is live; ids without any row are missing.
   *
   * @throws NotAnswered when the owner, in another database, cannot be asked; the message says why
   * @throws RuntimeException when its function fails
   */
  Map<Long, Boolean> statesOf(ReferenceTarget target, Collection<Long> ids);

  /** The owner did not answer; the message is fit for an administrator. */
  final class NotAnswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For this reason. */
    public NotAnswered(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
