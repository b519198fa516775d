package io.a2g.common.reference;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Something cannot be deleted because rows of other services depend on it; 409 that lists them. */
public class StillReferenced extends ProblemException {

  private final transient List<Holding> holders;

  /**
   * @param holders what refers to it; at least one
   */
  public StillReferenced(ReferenceTarget target, List<Holding> holders) {
    super(
        ProblemType.STILL_REFERENCED,
        "This %s is still needed by %s. Delete those first, or hand them over where that is offered."
            .formatted(target.noun(), summary(holders)));
    this.holders = List.copyOf(holders);
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("holders", holders);
  }

  private static String summary(List<Holding> holders) {
    return holders.stream()
        .map(holding ->
            "%s (%d in %s)".formatted(holding.service(), holding.count(), holding.reference()))
        .collect(Collectors.joining(", "));
  }
}
