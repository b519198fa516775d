package io.a2g.common.error;

import java.util.List;

/** The request is well-formed but one of its fields breaks a rule (422). */
public class InvalidRequest extends ProblemException {

  /** Names the one field at fault. */
  public InvalidRequest(String field, String code, String message) {
    super(
        ProblemType.VALIDATION_FAILED,
        field + ": " + message,
        List.of(new FieldProblem(field, code, message)));
  }
}
