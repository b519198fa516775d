package io.a2g.common.reference;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import io.a2g.common.topology.Pin;
import io.a2g.common.topology.ReferenceTarget;
import java.util.List;
import java.util.stream.Collectors;

/** A request refers to something that does not exist, is deleted, or is not for this caller. */
public class ReferenceNotFound extends ProblemException {

  private static final int SHOWN = 5;

  /**
   * One value of each was not found.
   *
   * @param missing in the order of the request; at least one
   */
  public ReferenceNotFound(List<Pin> missing) {
    super(
        ProblemType.REFERENCE_NOT_FOUND,
        missing.getFirst().field()
            + " refers to no existing "
            + missing.getFirst().target().noun()
            + ".",
        missing.stream()
            .map(pin ->
                new FieldProblem(
                    pin.field(), "not_found", "refers to no existing " + pin.target().noun()))
            .toList());
  }

  /**
   * Some of a batch are missing.
   *
   * @param ids theirs; the first five are told, and how many there are
   */
  public ReferenceNotFound(String field, ReferenceTarget target, List<Long> ids) {
    super(
        ProblemType.REFERENCE_NOT_FOUND,
        "%s %s.".formatted(field, explain(target, ids)),
        List.of(new FieldProblem(field, "not_found", explain(target, ids))));
  }

  private static String explain(ReferenceTarget target, List<Long> ids) {
    String first = ids.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return "refers to no existing %s: %s%s"
        .formatted(
            target.noun(),
            first,
            ids.size() > SHOWN ? " and %d more".formatted(ids.size() - SHOWN) : "");
  }
}
