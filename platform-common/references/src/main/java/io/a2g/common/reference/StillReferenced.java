package io.a2g.common.reference;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Something cannot be deleted because rows of other services depend on it; 409 that lists them. */
public class StillReferenced extends ProblemException {

  private final transient List<Referrer> referrers;

  /**
   * @param referrers what refers to it; at least one
   */
  public StillReferenced(ReferenceTarget target, List<Referrer> referrers) {
    super(
        ProblemType.STILL_REFERENCED,
        "This %s is still needed by %s. Delete those first, or hand them over where that is offered."
            .formatted(target.noun(), summary(referrers)));
    this.referrers = List.copyOf(referrers);
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("holders", referrers);
  }

  private static String summary(List<Referrer> referrers) {
    return referrers.stream()
        .map(one -> "%s (%d in %s)".formatted(one.service(), one.count(), one.reference()))
        .collect(Collectors.joining(", "));
  }
}
