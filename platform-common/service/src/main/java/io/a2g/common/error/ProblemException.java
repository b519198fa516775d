package io.a2g.common.error;

import java.util.List;
import java.util.Map;

/**
 * A failure that the caller caused or can react to. Features throw named subclasses; {@link
 * ProblemAdvice} turns them into answers.
 */
public class ProblemException extends RuntimeException {

  private final ProblemType type;
  private final transient List<FieldProblem> errors;

  /**
   * @param detail what happened and what to do, for the caller: no secret, SQL or class name
   */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /** As above, with the fields at fault. */
  public ProblemException(ProblemType type, String detail, List<FieldProblem> errors) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /** What kind of failure this is. */
  public ProblemType type() {
    return type;
  }

  /** What the caller is told. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Further members of the answer, by name (RFC 9457 §3.2); empty for most. */
  public Map<String, Object> members() {
    return Map.of();
  }

  /** Header fields of the answer, by name; empty for most. */
  public Map<String, String> headers() {
    return Map.of();
  }

  /** The fields at fault; empty when no single field is. */
  public List<FieldProblem> errors() {
    return errors;
  }
}
