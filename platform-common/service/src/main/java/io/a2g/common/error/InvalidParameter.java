package io.a2g.common.error;

import java.util.List;

/** One of the parameters in the address is unknown, or is not what it has to be (400). */
public class InvalidParameter extends ProblemException {

  /** Names the one parameter at fault. */
  public InvalidParameter(String parameter, String code, String message) {
    super(
        ProblemType.INVALID_PARAMETER,
        parameter + " " + message + ".",
        List.of(new FieldProblem(parameter, code, message)));
  }
}
