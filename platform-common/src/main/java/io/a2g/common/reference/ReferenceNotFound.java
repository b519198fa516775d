package io.a2g.common.reference;

import io.a2g.common.error.FieldProblem;
import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.util.List;

/** A request refers to something that does not exist, is deleted, or is not for this caller. */
public class ReferenceNotFound extends ProblemException {

  /**
   * @param missing what was not found, in the order of the request; at least one
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
}
