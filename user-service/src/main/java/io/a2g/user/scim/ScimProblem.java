package io.a2g.user.scim;

import io.a2g.common.error.ProblemException;
import io.a2g.common.error.ProblemType;
import java.util.Map;

/** A refusal with an error type of SCIM: 400 with a {@code scimType} (RFC 7644 §3.12). */
public final class ScimProblem extends ProblemException {

  /** The member of the problem with the type. */
  public static final String SCIM_TYPE = "scimType";

  private final String scimType;

  private ScimProblem(String scimType, String detail) {
    super(ProblemType.INVALID_REQUEST, detail);
    this.scimType = scimType;
  }

  static ScimProblem invalidFilter(String detail) {
    return new ScimProblem("invalidFilter", detail);
  }

  static ScimProblem invalidPath(String detail) {
    return new ScimProblem("invalidPath", detail);
  }

  static ScimProblem invalidSyntax(String detail) {
    return new ScimProblem("invalidSyntax", detail);
  }

  static ScimProblem invalidValue(String detail) {
    return new ScimProblem("invalidValue", detail);
  }

  static ScimProblem mutability(String detail) {
    return new ScimProblem("mutability", detail);
  }

  static ScimProblem noTarget(String detail) {
    return new ScimProblem("noTarget", detail);
  }

  static ScimProblem tooMany(String detail) {
    return new ScimProblem("tooMany", detail);
  }

  @Override
  public Map<String, Object> members() {
    return Map.of(SCIM_TYPE, scimType);
  }
}
