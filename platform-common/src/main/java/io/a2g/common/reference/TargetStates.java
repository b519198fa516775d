package io.a2g.common.reference;

import java.util.Collection;
import java.util.Map;

/** Tells whether targets exist, without holding them: for reports, never for a decision. */
public interface TargetStates {

  /**
   * Of each id whether the row is live; ids without any row are missing.
   *
   * @throws RuntimeException when the owner cannot be asked
   */
  Map<Long, Boolean> statesOf(ReferenceTarget target, Collection<Long> ids);
}
